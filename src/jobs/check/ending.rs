//! Grants with an end: those that are over, and those that soon will be.

use super::{Findings, Severity};
use crate::policy::{Circumstances, Policy};

/// How long before its end a grant is told of.
const SOON: i64 = 30 * 86_400;

pub(super) fn check(policy: &Policy, findings: &mut Findings) {
    let Circumstances::Now { unix, .. } = Circumstances::now(None) else {
        return;
    };
    for (name, role) in policy.roles() {
        for grant in &role.grants {
            let Some(until) = grant.conditions.until else {
                continue;
            };
            let tables: Vec<String> = grant.tables.iter().map(ToString::to_string).collect();
            let object = format!("role {name}, grant on {}", tables.join(", "));
            let until_said = &grant.conditions;
            if until <= unix {
                findings.add(
                    Severity::Note,
                    object,
                    format!("is over ({until_said})"),
                    "take it out of the rules, or give it another end",
                );
            } else if until - unix <= SOON {
                findings.add(
                    Severity::Note,
                    object,
                    format!("ends within 30 days ({until_said})"),
                    "",
                );
            }
        }
    }
}
