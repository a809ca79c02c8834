//! `sealwire rules schema`.

use super::Failure;
use super::arguments::RulesCommand;
use super::screen::line;
use crate::policy;

pub(super) fn run(command: RulesCommand) -> Result<(), Failure> {
    match command {
        RulesCommand::Schema { out: None } => {
            for (_, text) in policy::schemas() {
                line(text.trim_end());
            }
            Ok(())
        }
        RulesCommand::Schema { out: Some(folder) } => {
            std::fs::create_dir_all(&folder)?;
            for (name, text) in policy::schemas() {
                std::fs::write(folder.join(name), text)?;
                line(folder.join(name).display());
            }
            Ok(())
        }
    }
}
