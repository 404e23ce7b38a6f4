//! JSON (RFC 8259) as text, printed while a value is walked: into one buffer, strings in whole runs. Most of what an SBOM
//! writer does is this, and a printer that looks at every byte of every string by itself takes a fifth of its time.

mod scalar;
mod text;

use std::fmt::{self, Display};
use std::io::{self, Write};

use bomtrail_graph::Bom;
use serde::ser::{self, Serialize};

use text::{fill_name, named_length};

/// Bytes collected before the sink sees them.
const BUFFER: usize = 64 * 1024;

/// A line break with an indentation as deep as most documents go.
const BREAK: &[u8; 32] = b"\n                               ";
/// The same after a comma.
const COMMA_BREAK: &[u8; 32] = b",\n                              ";

/// How a document is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Layout {
    /// Without any white space.
    Compact,
    /// Each value on a line of its own, indented by two spaces for each level.
    Pretty,
}

impl Layout {
    /// The layout that a document of `bom` is to have.
    #[must_use]
    pub fn of(bom: &Bom<'_>) -> Self {
        if bom.document.compact {
            Self::Compact
        } else {
            Self::Pretty
        }
    }
}

/// Prints `value` to `out` as a document: with a line feed at its end, and the sink flushed.
///
/// # Errors
/// When the sink refuses, or when the value cannot be said in JSON: an object's key that is not a string.
pub fn print(value: &impl Serialize, layout: Layout, out: &mut dyn Write) -> io::Result<()> {
    let mut printer = Printer {
        buffer: vec![0; BUFFER + BUFFER / 4],
        end: 0,
        layout,
        depth: 0,
        out,
    };
    value
        .serialize(&mut printer)
        .and_then(|()| {
            printer.push(b"\n");
            printer.flush()
        })
        .map_err(|Refused(error)| error)?;
    printer.out.flush()
}

/// Why printing ended.
#[derive(Debug)]
pub(crate) struct Refused(io::Error);

impl Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Refused {}

impl ser::Error for Refused {
    fn custom<T: Display>(message: T) -> Self {
        Self(io::Error::other(message.to_string()))
    }
}

/// What is printed, and where it stands.
pub(crate) struct Printer<'w> {
    /// Room for what is printed, which ends at `end`.
    buffer: Vec<u8>,
    end: usize,
    layout: Layout,
    depth: usize,
    out: &'w mut dyn Write,
}

impl<'w> Printer<'w> {
    /// The next bytes, which the caller fills: one check of the room for all of them.
    #[inline]
    fn space(&mut self, length: usize) -> &mut [u8] {
        let start = self.end;
        self.end += length;
        if self.end > self.buffer.len() {
            self.grow();
        }
        self.buffer.get_mut(start..self.end).unwrap_or_default()
    }

    /// The bytes after the first `before` ones of a line break, which is made longer where that is not enough.
    #[inline]
    fn space_after(
        &mut self,
        (line_break, before): (&[u8; 32], usize),
        length: usize,
    ) -> &mut [u8] {
        let start = self.end;
        self.end += before + length;
        if self.end + line_break.len() > self.buffer.len() {
            self.grow();
        }
        let rest = self.buffer.get_mut(start..).unwrap_or_default();
        // One copy of a known length is faster than one of the length that is wanted.
        if let Some(first) = rest.first_chunk_mut() {
            *first = *line_break;
        }
        if before > line_break.len() {
            let more = rest.get_mut(line_break.len()..before);
            more.unwrap_or_default().fill(b' ');
        }
        rest.get_mut(before..before + length).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self) {
        self.buffer.resize(self.end * 2 + BREAK.len(), 0);
    }

    fn push(&mut self, bytes: &[u8]) {
        self.space(bytes.len()).copy_from_slice(bytes);
    }

    fn flush_full(&mut self) -> Result<(), Refused> {
        if self.end >= BUFFER {
            self.flush()?;
        }
        Ok(())
    }

    #[cold]
    fn flush(&mut self) -> Result<(), Refused> {
        let printed = self.buffer.get(..self.end).unwrap_or_default();
        self.out.write_all(printed).map_err(Refused)?;
        self.end = 0;
        Ok(())
    }

    fn line_break(&mut self) {
        if self.layout == Layout::Pretty {
            let length = self.indentation();
            self.space_after((BREAK, length), 0);
        }
    }

    /// The length of a line break with its indentation.
    fn indentation(&self) -> usize {
        1 + self.depth * 2
    }

    fn open<'p>(&'p mut self, brackets: [u8; 2]) -> Items<'p, 'w> {
        let [open, close] = brackets;
        self.push(&[open]);
        self.depth += 1;
        Items {
            printer: self,
            is_empty: true,
            close,
        }
    }

    /// An object of one field, whose value is printed by what `open` makes of it.
    fn variant(&mut self, name: &'static str) {
        self.push(b"{");
        self.depth += 1;
        self.line_break();
        self.name(name);
    }

    fn variant_end(&mut self) {
        self.depth -= 1;
        self.line_break();
        self.push(b"}");
    }

    fn colon(&mut self) {
        self.push(match self.layout {
            Layout::Compact => b":",
            Layout::Pretty => b": ",
        });
    }
}

/// The items of a list or the fields of an object.
pub(crate) struct Items<'p, 'w> {
    printer: &'p mut Printer<'w>,
    is_empty: bool,
    close: u8,
}

impl Items<'_, '_> {
    /// Begins the next item with what is between it and the one before, and returns the `length` bytes that follow.
    #[inline]
    fn next(&mut self, length: usize) -> &mut [u8] {
        let is_first = std::mem::take(&mut self.is_empty);
        let printer = &mut *self.printer;
        let (line_break, before) = match (printer.layout, is_first) {
            (Layout::Compact, true) => (BREAK, 0),
            (Layout::Compact, false) => (COMMA_BREAK, 1),
            (Layout::Pretty, true) => (BREAK, printer.indentation()),
            (Layout::Pretty, false) => (COMMA_BREAK, printer.indentation() + 1),
        };
        printer.space_after((line_break, before), length)
    }

    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.next(0);
        value.serialize(&mut *self.printer)?;
        // A list may have a million texts.
        self.printer.flush_full()
    }

    fn field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        let length = named_length(name, self.printer.layout);
        fill_name(self.next(length), name);
        value.serialize(&mut *self.printer)
    }

    fn close(self) -> Result<(), Refused> {
        self.printer.depth -= 1;
        if !self.is_empty {
            self.printer.line_break();
        }
        self.printer.push(&[self.close]);
        self.printer.flush_full()
    }
}

impl ser::SerializeSeq for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTuple for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTupleStruct for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeTupleVariant for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.item(value)
    }

    fn end(self) -> Result<(), Refused> {
        close_variant(self)
    }
}

impl ser::SerializeMap for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Refused> {
        self.next(0);
        let start = self.printer.end;
        key.serialize(&mut *self.printer)?;
        if self.printer.buffer.get(start) == Some(&b'"') {
            return Ok(());
        }
        Err(ser::Error::custom("an object's key must be a string"))
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Refused> {
        self.printer.colon();
        value.serialize(&mut *self.printer)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeStruct for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Items<'_, '_> {
    type Ok = ();
    type Error = Refused;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.field(name, value)
    }

    fn end(self) -> Result<(), Refused> {
        close_variant(self)
    }
}

fn close_variant(items: Items<'_, '_>) -> Result<(), Refused> {
    let Items {
        printer,
        is_empty,
        close,
    } = items;
    Items {
        printer: &mut *printer,
        is_empty,
        close,
    }
    .close()?;
    printer.variant_end();
    Ok(())
}

#[cfg(test)]
mod tests;
