//! Formulation: how something was made (1.5).

use super::component::COMPONENT;
use super::document::DEPENDENCY;
use super::parts::{ATTACHMENT, PROPERTY, REFERENCE};
use super::service::SERVICE;
use crate::spec::field::{flag, list, object, plain, text, words};
use crate::spec::model::Format::{Plain, Ref, Time};
use crate::spec::model::Kind::{Object, OneOf, Text, Word};
use crate::spec::model::Rule::ExactlyOne;
use crate::spec::model::{Case, Choice, Type, Words};
use crate::spec::version::SpecVersion::V1_5;

/// `formula`.
pub(crate) static FORMULA: Type = Type::of("formula")
    .fields(&[
        text("bom-ref", Ref).attribute(),
        list("components", "component", Object(&COMPONENT)).unique(),
        list("services", "service", Object(&SERVICE)).unique(),
        list("workflows", "workflow", Object(&WORKFLOW)).unique(),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `workflow`.
pub(crate) static WORKFLOW: Type = Type::of("workflow")
    .fields(&[
        text("bom-ref", Ref).attribute().required(),
        plain("uid").required(),
        plain("name"),
        plain("description"),
        list("resourceReferences", "resourceReference", Object(&RESOURCE)).unique(),
        list("tasks", "task", Object(&TASK)).unique(),
        list("taskDependencies", "dependency", Object(&DEPENDENCY)).unique(),
        list("taskTypes", "taskType", Word(&TASK_TYPES)).required(),
        object("trigger", &TRIGGER),
        list("steps", "step", Object(&STEP)).unique(),
        list("inputs", "input", Object(&INPUT)).unique(),
        list("outputs", "output", Object(&OUTPUT)).unique(),
        text("timeStart", Time),
        text("timeEnd", Time),
        list("workspaces", "workspace", Object(&WORKSPACE)).unique(),
        list("runtimeTopology", "dependency", Object(&DEPENDENCY)).unique(),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `resource`.
pub(crate) static RESOURCE: Type = Type::of("resource")
    .fields(&[text("ref", Ref), object("externalReference", &REFERENCE)])
    .rules(&[ExactlyOne(&[&["ref"], &["externalReference"]])])
    .any_attribute();

/// `task`.
pub(crate) static TASK: Type = Type::of("task")
    .fields(&[
        text("bom-ref", Ref).attribute().required(),
        plain("uid").required(),
        plain("name"),
        plain("description"),
        list("resourceReferences", "resourceReference", Object(&RESOURCE)).unique(),
        list("taskTypes", "taskType", Word(&TASK_TYPES)).required(),
        object("trigger", &TRIGGER),
        list("steps", "step", Object(&STEP)).unique(),
        list("inputs", "input", Object(&INPUT)).unique(),
        list("outputs", "output", Object(&OUTPUT)).unique(),
        text("timeStart", Time),
        text("timeEnd", Time),
        list("workspaces", "workspace", Object(&WORKSPACE)).unique(),
        list("runtimeTopology", "dependency", Object(&DEPENDENCY)).unique(),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `trigger`.
pub(crate) static TRIGGER: Type = Type::of("trigger")
    .fields(&[
        text("bom-ref", Ref).attribute().required(),
        plain("uid").required(),
        plain("name"),
        plain("description"),
        list("resourceReferences", "resourceReference", Object(&RESOURCE)).unique(),
        words("type", &TRIGGER_TYPES).required(),
        object("event", &EVENT),
        list("conditions", "condition", Object(&CONDITION)).unique(),
        text("timeActivated", Time),
        list("inputs", "input", Object(&INPUT)).unique(),
        list("outputs", "output", Object(&OUTPUT)).unique(),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `event`.
pub(crate) static EVENT: Type = Type::of("event")
    .fields(&[
        plain("uid"),
        plain("description"),
        text("timeReceived", Time),
        object("data", &ATTACHMENT),
        object("source", &RESOURCE),
        object("target", &RESOURCE),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `condition`.
pub(crate) static CONDITION: Type = Type::of("condition").fields(&[
    plain("description"),
    plain("expression"),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `input`.
pub(crate) static INPUT: Type = Type::of("input")
    .fields(&[
        object("resource", &RESOURCE).since(V1_5),
        list("parameters", "parameter", Object(&PARAMETER))
            .unique()
            .since(V1_5),
        list("environmentVars", "environmentVar", OneOf(&ENVIRONMENT)).unique(),
        object("data", &ATTACHMENT).since(V1_5),
        object("source", &RESOURCE).since(V1_5),
        object("target", &RESOURCE).since(V1_5),
        list("properties", "property", Object(&PROPERTY)).since(V1_5),
    ])
    .rules(&[ExactlyOne(&[
        &["resource"],
        &["parameters"],
        &["environmentVars"],
        &["data"],
    ])])
    .any_attribute();

/// `parameter`.
pub(crate) static PARAMETER: Type = Type::of("parameter")
    .fields(&[plain("name"), plain("value"), plain("dataType")])
    .any_attribute();

/// `output`.
pub(crate) static OUTPUT: Type = Type::of("output")
    .fields(&[
        object("resource", &RESOURCE).since(V1_5),
        list("environmentVars", "environmentVar", OneOf(&ENVIRONMENT)),
        object("data", &ATTACHMENT).since(V1_5),
        words("type", &OUTPUT_TYPES).since(V1_5),
        object("source", &RESOURCE).since(V1_5),
        object("target", &RESOURCE).since(V1_5),
        list("properties", "property", Object(&PROPERTY)).since(V1_5),
    ])
    .rules(&[ExactlyOne(&[
        &["resource"],
        &["environmentVars"],
        &["data"],
    ])])
    .any_attribute();

/// `step`.
pub(crate) static STEP: Type = Type::of("step")
    .fields(&[
        plain("name"),
        plain("description"),
        list("commands", "command", Object(&COMMAND)),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `command`.
pub(crate) static COMMAND: Type = Type::of("command").fields(&[
    plain("executed"),
    list("properties", "property", Object(&PROPERTY)),
]);

/// `workspace`.
pub(crate) static WORKSPACE: Type = Type::of("workspace")
    .fields(&[
        text("bom-ref", Ref).attribute().required(),
        plain("uid").required(),
        plain("name"),
        list("aliases", "alias", Text(Plain)),
        plain("description"),
        list("resourceReferences", "resourceReference", Object(&RESOURCE)).unique(),
        words("accessMode", &ACCESS_MODES),
        plain("mountPath"),
        plain("managedDataType"),
        plain("volumeRequest"),
        object("volume", &VOLUME),
        list("properties", "property", Object(&PROPERTY)),
    ])
    .any_attribute();

/// `volume`.
pub(crate) static VOLUME: Type = Type::of("volume").fields(&[
    plain("uid"),
    plain("name"),
    words("mode", &VOLUME_MODES),
    plain("path"),
    plain("sizeAllocated"),
    flag("persistent"),
    flag("remote"),
    list("properties", "property", Object(&PROPERTY)),
]);

/// An environment variable: a property or a text.
static ENVIRONMENT: Choice = Choice::new(&[
    Case::new("environmentVar", Object(&PROPERTY)),
    Case::new("value", Text(Plain)),
]);

static TASK_TYPES: Words = Words::new(&[(
    V1_5,
    "copy, clone, lint, scan, merge, build, test, deliver, deploy, release, clean, other",
)]);

static TRIGGER_TYPES: Words = Words::new(&[(V1_5, "manual, api, webhook, scheduled")]);

static OUTPUT_TYPES: Words =
    Words::new(&[(V1_5, "artifact, attestation, log, evidence, metrics, other")]);

static ACCESS_MODES: Words = Words::new(&[(
    V1_5,
    "read-only, read-write, read-write-once, write-once, write-only",
)]);

static VOLUME_MODES: Words = Words::new(&[(V1_5, "filesystem, block")]);
