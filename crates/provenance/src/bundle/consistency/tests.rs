use serde_json::{Value, json};

use super::*;
use crate::bundle::build_level;
use crate::bundle::predicate::said;
use crate::bundle::statement::{SLSA_V1, SLSA_V02, Statement};

#[expect(clippy::unnecessary_wraps, reason = "as the fields are")]
fn text(value: &str) -> Option<Box<str>> {
    Some(value.into())
}

fn github() -> Certificate {
    let signer = "https://github.com/o/r/.github/workflows/release.yml@refs/tags/v1";
    Certificate {
        is_workload: true,
        build_signer: text(signer),
        identity: BuildIdentity {
            issuer: "https://token.actions.githubusercontent.com".into(),
            signer: signer.into(),
            repository: text("https://github.com/o/r"),
            commit: text("abc"),
            git_ref: text("refs/tags/v1"),
            repository_id: text("1"),
            owner: text("https://github.com/o"),
            owner_id: text("2"),
            build_config: text(signer),
            trigger: text("release"),
            run: text("https://github.com/o/r/actions/runs/9/attempts/1"),
            runner: text("github-hosted"),
            visibility: text("public"),
        },
    }
}

fn gitlab() -> Certificate {
    let signer = "https://gitlab.com/g/p//.gitlab-ci.yml@refs/heads/main";
    Certificate {
        is_workload: true,
        build_signer: text(signer),
        identity: BuildIdentity {
            issuer: "https://gitlab.com".into(),
            signer: signer.into(),
            repository: text("https://gitlab.com/g/p"),
            commit: text("abc"),
            git_ref: text("refs/heads/main"),
            repository_id: text("5"),
            build_config: text(signer),
            trigger: text("push"),
            run: text("https://gitlab.com/g/p/-/jobs/7"),
            runner: text("gitlab-hosted"),
            ..BuildIdentity::default()
        },
    }
}

fn v1() -> Value {
    json!({"buildDefinition": {"buildType": "https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1",
        "externalParameters": {"workflow": {"ref": "refs/tags/v1", "repository": "https://github.com/o/r",
            "path": ".github/workflows/release.yml"}},
        "internalParameters": {"github": {"event_name": "release", "repository_id": "1", "repository_owner_id": "2"}},
        "resolvedDependencies": [{"uri": "git+https://github.com/o/r@refs/tags/v1", "digest": {"gitCommit": "abc"}}]},
        "runDetails": {"builder": {"id": "https://github.com/actions/runner/github-hosted"},
            "metadata": {"invocationId": "https://github.com/o/r/actions/runs/9/attempts/1"}}})
}

fn of_gitlab() -> Value {
    json!({"buildType": "https://github.com/npm/cli/gitlab/v0alpha1",
        "builder": {"id": "https://gitlab.com/g/p/-/runners/3"},
        "invocation": {"configSource": {"uri": "git+https://gitlab.com/g/p", "digest": {"sha1": "abc"}, "entryPoint": "publish"},
            "parameters": {"CI_COMMIT_REF_NAME": "main", "CI_PROJECT_ID": "5", "CI_PIPELINE_SOURCE": "push"}},
        "metadata": {"buildInvocationId": "https://gitlab.com/g/p/-/jobs/7"}})
}

fn judge(certificate: &Certificate, kind: &str, predicate: Value) -> (Evidence, Option<u8>) {
    let statement = Statement {
        predicate_type: kind.to_owned(),
        subjects: Vec::new(),
        predicate,
    };
    let said = said(&statement);
    let agrees = with_certificate(certificate, said.as_ref());
    let level = build_level::verified(certificate, said.as_ref(), &agrees);
    (agrees, level.level)
}

#[test]
fn both_platforms_agree_with_their_certificates() {
    let (agrees, level) = judge(&github(), SLSA_V1, v1());
    assert_eq!(
        (agrees.state, level),
        (EvidenceState::Verified, Some(2)),
        "{agrees:?}"
    );
    let (agrees, level) = judge(&gitlab(), SLSA_V02, of_gitlab());
    assert_eq!(
        (agrees.state, level),
        (EvidenceState::Verified, Some(2)),
        "{agrees:?}"
    );
}

#[test]
fn every_word_that_differs_is_told() {
    let words = [
        ("/buildDefinition/externalParameters/workflow/ref", "ref"),
        (
            "/buildDefinition/externalParameters/workflow/repository",
            "repository",
        ),
        (
            "/buildDefinition/externalParameters/workflow/path",
            "workflow",
        ),
        (
            "/buildDefinition/internalParameters/github/event_name",
            "trigger",
        ),
        (
            "/buildDefinition/internalParameters/github/repository_id",
            "repository id",
        ),
        (
            "/buildDefinition/internalParameters/github/repository_owner_id",
            "owner id",
        ),
        (
            "/buildDefinition/resolvedDependencies/0/digest/gitCommit",
            "commit",
        ),
        ("/runDetails/metadata/invocationId", "run"),
    ];
    for (pointer, what) in words {
        let mut predicate = v1();
        *predicate.pointer_mut(pointer).unwrap() = "other".into();
        let (agrees, level) = judge(&github(), SLSA_V1, predicate);
        assert_eq!(
            (agrees.state, level),
            (EvidenceState::Failed, None),
            "{pointer}"
        );
        assert!(
            agrees
                .reason
                .contains(&format!("predicate's {what} is `other`")),
            "{agrees:?}"
        );
    }
    let mut predicate = v1();
    predicate["runDetails"]["builder"]["id"] =
        "https://github.com/actions/runner/self-hosted".into();
    assert_eq!(
        judge(&github(), SLSA_V1, predicate).0.state,
        EvidenceState::Failed
    );
}

#[test]
fn a_signer_that_is_no_build_of_a_known_platform_fails() {
    let mut mail = github();
    mail.is_workload = false;
    mail.identity.signer = "a@example.com".into();
    let mut issuer = github();
    issuer.identity.issuer = "https://token.actions.githubusercontent.com.example.com".into();
    let mut other = github();
    other.identity.signer = "https://gitlab.com/o/r//x.yml@refs/tags/v1".into();
    let mut two = github();
    two.build_signer = text("https://github.com/evil/r/.github/workflows/release.yml@refs/tags/v1");
    for certificate in [mail, issuer, other, two] {
        let (agrees, level) = judge(&certificate, SLSA_V1, v1());
        assert_eq!(
            (agrees.state, level),
            (EvidenceState::Failed, None),
            "{certificate:?}"
        );
    }
}

#[test]
fn where_it_ran_bounds_the_level() {
    let level = |runner: Option<&str>| {
        let mut certificate = github();
        certificate.identity.runner = runner.and_then(text);
        let mut predicate = v1();
        let id = format!(
            "https://github.com/actions/runner/{}",
            runner.unwrap_or("github-hosted")
        );
        predicate["runDetails"]["builder"]["id"] = id.into();
        judge(&certificate, SLSA_V1, predicate).1
    };
    assert_eq!(
        [
            level(Some("github-hosted")),
            level(Some("self-hosted")),
            level(None)
        ],
        [Some(2), Some(1), Some(1)]
    );
}

#[test]
fn a_trusted_builder_is_one_of_a_list_at_a_release_and_for_another_repository() {
    let home = "https://github.com/slsa-framework/slsa-github-generator/.github/workflows";
    let level = |signer: &str, builder: &str| {
        let mut certificate = github();
        certificate.identity.signer = signer.into();
        certificate.build_signer = text(signer);
        let predicate = json!({"buildType": "https://github.com/slsa-framework/slsa-github-generator/delegator-generic@v0",
            "builder": {"id": builder},
            "invocation": {"configSource": {"uri": "git+https://github.com/o/r@refs/tags/v1", "digest": {"sha1": "abc"},
                "entryPoint": ".github/workflows/release.yml"}}});
        judge(&certificate, SLSA_V02, predicate).1
    };
    let signer = format!("{home}/delegator_generic_slsa3.yml@refs/tags/v1.6.0");
    let builder = format!("{home}/builder_nodejs_slsa3.yml@refs/tags/v1.6.0");
    assert_eq!(level(&signer, &builder), Some(3));
    for (signer, builder) in [
        (signer.replace("tags/v1.6.0", "heads/main"), builder.clone()),
        (signer.clone(), builder.replace("v1.6.0", "v1.7.0")),
        (
            signer.clone(),
            "https://github.com/o/r/builder.yml@refs/tags/v1.6.0".to_owned(),
        ),
        (
            signer.replace("delegator_generic", "other"),
            builder.clone(),
        ),
        (signer.replace("slsa-framework", "evil"), builder.clone()),
    ] {
        assert_eq!(level(&signer, &builder), Some(2), "{signer} {builder}");
    }
}

#[test]
fn what_cannot_be_compared_is_neither_agreement_nor_contradiction() {
    let mut predicate = v1();
    predicate["buildDefinition"]["buildType"] = "https://example.com/mine".into();
    let (agrees, level) = judge(&github(), SLSA_V1, predicate);
    assert_eq!(
        (agrees.state, level),
        (EvidenceState::Unverifiable, Some(1))
    );
    let (agrees, _) = judge(&github(), SLSA_V1, Value::Null);
    assert_eq!(agrees.state, EvidenceState::Unverifiable);
    let mut certificate = github();
    certificate.identity.commit = None;
    assert_eq!(
        judge(&certificate, SLSA_V1, v1()).0.state,
        EvidenceState::Unverifiable
    );
}
