//! The cleartext signature framework of `OpenPGP` (RFC 9580, section 7): which part of a file its signature covers. Only that
//! part counts, because clients have run text in front of it while the signature stayed good (CVE-2020-16156). Says nothing
//! of whether the signature holds.

const BEGIN: &str = "-----BEGIN PGP SIGNED MESSAGE-----";
const SIGNATURE: &str = "-----BEGIN PGP SIGNATURE-----";
const END: &str = "-----END PGP SIGNATURE-----";

/// A text with one signed region.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cleartext {
    /// The text before the region, which no signature covers.
    pub(crate) before: String,
    /// The lines that are signed, without white space at their ends (no signature covers that either).
    pub(crate) lines: Vec<String>,
    /// The digest algorithms that the region names (`SHA1`).
    pub(crate) algorithms: String,
    /// The block of the signature, in armor.
    #[cfg(feature = "openpgp")]
    pub(crate) armor: String,
}

impl Cleartext {
    /// True for a text that has a part of the framework in it.
    pub(crate) fn claims(text: &str) -> bool {
        text.contains(BEGIN) || text.contains(SIGNATURE)
    }

    /// The region of a text that begins with one, but for what the caller judges (`before`).
    ///
    /// # Errors
    /// The reason why the text has no region, or more than one reading, as a fragment.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (before, rest) = text
            .split_once(BEGIN)
            .ok_or("it has a part of a signature only")?;
        let (body, rest) = rest
            .split_once(&format!("\n{SIGNATURE}"))
            .ok_or("the signed region has no end")?;
        let (armor, after) = rest.split_once(END).ok_or("the signature has no end")?;
        let is_nested = [body, armor, before]
            .iter()
            .any(|it| it.contains(BEGIN) || it.contains(SIGNATURE));
        if !after.trim().is_empty() || is_nested {
            let why = "there is text after the signed region, which no signature covers";
            return Err(why.to_owned());
        }
        let body = body.replace("\r\n", "\n");
        let body = body.strip_suffix('\r').unwrap_or(&body);
        if body.contains('\r') {
            return Err("the signed region has line ends that can be read in two ways".to_owned());
        }
        let (headers, body) = body
            .split_once("\n\n")
            .ok_or("the signed region has no content")?;
        let lines = body.split('\n').map(|it| {
            let line = it.strip_prefix("- ").unwrap_or(it);
            line.trim_end_matches([' ', '\t']).to_owned()
        });
        Ok(Self {
            before: before.to_owned(),
            lines: lines.collect(),
            algorithms: algorithms(headers)?,
            #[cfg(feature = "openpgp")]
            armor: format!("{SIGNATURE}{armor}{END}\n"),
        })
    }

    /// The text of the region.
    pub(crate) fn text(&self) -> String {
        self.lines.join("\n")
    }
}

/// The digest algorithms in the region's headers.
fn algorithms(headers: &str) -> Result<String, String> {
    let mut algorithms = Vec::new();
    for header in headers.lines().filter(|it| !it.trim().is_empty()) {
        match header.split_once(": ") {
            Some(("Hash", names)) => algorithms.push(names.trim()),
            _ => return Err("the signed region has a header that is not known".to_owned()),
        }
    }
    Ok(if algorithms.is_empty() {
        // The default of RFC 4880.
        "MD5".to_owned()
    } else {
        algorithms.join(",")
    })
}
