//! The parameters of a request (URL Standard, `application/x-www-form-urlencoded`).

/// Names and values, decoded.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    pub(super) fn of(query: &str) -> Self {
        let pairs = query.split('&').filter(|it| !it.is_empty());
        let pair = |it: &str| {
            let (name, value) = it.split_once('=').unwrap_or((it, ""));
            (decoded(name), decoded(value))
        };
        Self(pairs.map(pair).collect())
    }

    /// The value of a name; empty when it is missing.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(it, _)| it == name);
        found.map_or("", |(_, value)| value)
    }
}

/// `%XX` and `+` decoded; what is not valid stands for itself.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        match (byte, hexadecimal(rest.clone())) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest.nth(1);
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The byte that the next two hexadecimal digits stand for.
fn hexadecimal(mut rest: std::str::Bytes<'_>) -> Option<u8> {
    let mut digit = || char::from(rest.next()?).to_digit(16);
    let (high, low) = (digit()?, digit()?);
    u8::try_from(high * 16 + low).ok()
}

#[cfg(test)]
mod tests {
    use super::Parameters;

    #[test]
    fn values_are_decoded() {
        let query = Parameters::of("q=%40a%2Fb%40%3E%3D1+%3C2&x&y=%zz%4");
        assert_eq!(query.get("q"), "@a/b@>=1 <2");
        assert_eq!(query.get("x"), "");
        assert_eq!(query.get("y"), "%zz%4");
        assert_eq!(query.get("none"), "");
    }
}
