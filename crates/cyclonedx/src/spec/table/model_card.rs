//! Machine-learning models and data (1.5).

use super::parts::{ATTACHMENT, ORGANISATION, PROPERTY, REFERENCE};
use super::service::GOVERNANCE;
use crate::spec::field::{each, list, object, plain, text, value, words};
use crate::spec::model::Format::{Iri, Plain, Ref};
use crate::spec::model::Kind::{Number, Object, OneOf, Text};
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::{V1_5, V1_6};

/// `modelCard`.
pub(crate) static MODEL_CARD: Type = Type::of("modelCard").fields(&[
    text("bom-ref", Ref).attribute(),
    object("modelParameters", &MODEL_PARAMETERS),
    object("quantitativeAnalysis", &QUANTITATIVE_ANALYSIS),
    object("considerations", &CONSIDERATIONS),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `modelParameters`.
pub(crate) static MODEL_PARAMETERS: Type = Type::of("modelParameters").fields(&[
    object("approach", &APPROACH),
    plain("task"),
    plain("architectureFamily"),
    plain("modelArchitecture"),
    list("datasets", "dataset", OneOf(&DATASETS)),
    list("inputs", "input", Object(&MODEL_DATA)),
    list("outputs", "output", Object(&MODEL_DATA)),
]);

/// `approach`.
pub(crate) static APPROACH: Type = Type::of("approach").fields(&[words("type", &APPROACHES)]);

/// `data`.
pub(crate) static DATA: Type = Type::of("data").fields(&[
    text("bom-ref", Ref).attribute(),
    words("type", &DATA_TYPES).required(),
    plain("name"),
    object("contents", &DATA_CONTENTS),
    plain("classification"),
    each("sensitiveData", Text(Plain)),
    object("graphics", &GRAPHICS),
    plain("description"),
    object("governance", &GOVERNANCE),
]);

/// `contents`.
pub(crate) static DATA_CONTENTS: Type = Type::of("contents").fields(&[
    object("attachment", &ATTACHMENT),
    text("url", Iri),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `graphics`.
pub(crate) static GRAPHICS: Type = Type::of("graphics").fields(&[
    plain("description"),
    list("collection", "graphic", Object(&GRAPHIC)),
]);

/// `graphic`.
pub(crate) static GRAPHIC: Type =
    Type::of("graphic").fields(&[plain("name"), object("image", &ATTACHMENT)]);

/// `parameter`.
pub(crate) static MODEL_DATA: Type =
    Type::of("parameter").fields(&[plain("format").required_in_xml()]);

/// `quantitativeAnalysis`.
pub(crate) static QUANTITATIVE_ANALYSIS: Type = Type::of("quantitativeAnalysis").fields(&[
    list(
        "performanceMetrics",
        "performanceMetric",
        Object(&PERFORMANCE_METRIC),
    ),
    object("graphics", &GRAPHICS),
]);

/// `performanceMetric`.
pub(crate) static PERFORMANCE_METRIC: Type = Type::of("performanceMetric").fields(&[
    plain("type"),
    plain("value"),
    plain("slice"),
    object("confidenceInterval", &CONFIDENCE_INTERVAL),
]);

/// `confidenceInterval`.
pub(crate) static CONFIDENCE_INTERVAL: Type =
    Type::of("confidenceInterval").fields(&[plain("lowerBound"), plain("upperBound")]);

/// `considerations`.
pub(crate) static CONSIDERATIONS: Type = Type::of("considerations").fields(&[
    list("users", "user", Text(Plain)),
    list("useCases", "useCase", Text(Plain)),
    list("technicalLimitations", "technicalLimitation", Text(Plain)),
    list("performanceTradeoffs", "performanceTradeoff", Text(Plain)),
    list(
        "ethicalConsiderations",
        "ethicalConsideration",
        Object(&RISK),
    ),
    object("environmentalConsiderations", &ENVIRONMENTAL).since(V1_6),
    list(
        "fairnessAssessments",
        "fairnessAssessment",
        Object(&FAIRNESS),
    ),
]);

/// `risk`.
pub(crate) static RISK: Type =
    Type::of("risk").fields(&[plain("name"), plain("mitigationStrategy")]);

/// `fairnessAssessment`.
pub(crate) static FAIRNESS: Type = Type::of("fairnessAssessment").fields(&[
    plain("groupAtRisk"),
    plain("benefits"),
    plain("harms"),
    plain("mitigationStrategy"),
]);

/// `dataset`.
pub(crate) static DATASET_REFERENCE: Type =
    Type::of("dataset").fields(&[text("ref", Ref).content()]);

/// `environmentalConsiderations`.
pub(crate) static ENVIRONMENTAL: Type = Type::of("environmentalConsiderations").fields(&[
    list(
        "energyConsumptions",
        "energyConsumption",
        Object(&ENERGY_CONSUMPTION),
    ),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `energyConsumption`.
pub(crate) static ENERGY_CONSUMPTION: Type = Type::of("energyConsumption").fields(&[
    words("activity", &ACTIVITIES).required(),
    each("energyProviders", Object(&ENERGY_PROVIDER)).required(),
    object("activityEnergyCost", &ENERGY).required(),
    object("co2CostEquivalent", &CO2),
    object("co2CostOffset", &CO2),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `energyProvider`.
pub(crate) static ENERGY_PROVIDER: Type = Type::of("energyProvider").fields(&[
    text("bom-ref", Ref).attribute(),
    plain("description"),
    object("organization", &ORGANISATION).required(),
    words("energySource", &ENERGY_SOURCES).required(),
    object("energyProvided", &ENERGY).required(),
    list("externalReferences", "reference", Object(&REFERENCE)),
]);

/// `energy`.
pub(crate) static ENERGY: Type = Type::of("energy").fields(&[
    value("value", Number).required(),
    words("unit", &ENERGY_UNITS).required(),
]);

/// `co2`.
pub(crate) static CO2: Type = Type::of("co2").fields(&[
    value("value", Number).required(),
    words("unit", &CO2_UNITS).required(),
]);

/// A data set, or a reference to one.
static DATASETS: Choice = Choice::new(&[
    Case::new("dataset", Object(&DATA)),
    Case::new("ref", Object(&DATASET_REFERENCE)),
])
.exactly_one();

static APPROACHES: Words = Words::new(&[(
    V1_5,
    "supervised, unsupervised, reinforcement-learning, semi-supervised, self-supervised",
)]);

static DATA_TYPES: Words = Words::new(&[(
    V1_5,
    "source-code, configuration, dataset, definition, other",
)]);

static ACTIVITIES: Words = Words::new(&[(
    V1_6,
    "design, data-collection, data-preparation, training, fine-tuning, validation, deployment, \
        inference, other",
)]);

static ENERGY_SOURCES: Words = Words::new(&[(
    V1_6,
    "coal, oil, natural-gas, nuclear, wind, solar, geothermal, hydropower, biofuel, unknown, other",
)]);

static ENERGY_UNITS: Words = Words::new(&[(V1_6, "kWh")]);

static CO2_UNITS: Words = Words::new(&[(V1_6, "tCO2eq")]);
