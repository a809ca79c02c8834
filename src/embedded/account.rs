//! Whom to run the server as: postgres refuses root.

use std::path::Path;

use super::EmbeddedError;

/// A user of this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
}

/// Nobody else when this process is an ordinary user; `postgres` or `nobody` when it is root.
pub(super) fn unprivileged(scratch: &Path) -> Result<Option<Account>, EmbeddedError> {
    use std::os::unix::fs::MetadataExt;
    // Who owns a file that was just made is who we are: std has no getuid.
    let owner = std::fs::metadata(scratch)
        .map_err(EmbeddedError::io("looking at the temporary folder"))?
        .uid();
    if owner != 0 {
        return Ok(None);
    }
    let passwd =
        std::fs::read_to_string("/etc/passwd").map_err(EmbeddedError::io("reading /etc/passwd"))?;
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| look_up(&passwd, name))
        .map(Some)
        .ok_or(EmbeddedError::NoAccount)
}

/// passwd(5): `name:password:uid:gid:…`.
fn look_up(passwd: &str, name: &str) -> Option<Account> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next()? != name {
            return None;
        }
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        (uid != 0).then_some(Account { uid, gid })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_passwd_and_never_answers_root() {
        let passwd = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533:n:/:/bin/false\nfake:x:0:1::/:/bin/sh\n";
        let nobody = Account {
            uid: 65534,
            gid: 65533,
        };
        assert_eq!(look_up(passwd, "nobody"), Some(nobody));
        assert_eq!(look_up(passwd, "postgres"), None);
        assert_eq!(look_up(passwd, "fake"), None);
    }
}
