//! Rules that need what no input says. What is not known is a finding, never a pass.

use bomtrail_graph::NodeRef;

use crate::facts::PackageFacts;
use crate::finding::Look;

fn known<'a>(look: &Look<'a>, node: NodeRef<'_>) -> Option<&'a PackageFacts> {
    look.evidence.facts?.get(node.purl()?)
}

pub(super) fn provenance(look: &mut Look<'_>) {
    let evidence = look.evidence;
    for node in evidence.packages() {
        match known(look, node).and_then(|it| it.provenance) {
            Some(true) => {}
            Some(false) => look.package(node, "it has no verified provenance".to_owned()),
            None => look.package(node, "nothing is known of its provenance".to_owned()),
        }
    }
}

pub(super) fn age(look: &mut Look<'_>) {
    const DAYS: u32 = 7;
    let least = i64::from(look.setting.days.unwrap_or(DAYS));
    let evidence = look.evidence;
    for node in evidence.packages() {
        match known(look, node).and_then(|it| it.published) {
            Some(day) => {
                let age = evidence.today.days() - day.days();
                if age < least {
                    look.package(
                        node,
                        format!("it was published on {day}, {age} days ago; {least} are asked for"),
                    );
                }
            }
            None => look.package(node, "nothing is known of when it was published".to_owned()),
        }
    }
}
