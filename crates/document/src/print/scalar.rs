//! What each kind of value is in JSON, as `serde_json` has it: an option is its value or `null`, a variant is its name or an
//! object of one field.

use std::fmt::Display;
use std::io::{self, Write};

use serde::ser::{Error as _, Serialize, SerializeSeq as _, Serializer};

use super::{Items, Printer, Refused};

const LIST: [u8; 2] = *b"[]";
const OBJECT: [u8; 2] = *b"{}";

impl Printer<'_> {
    /// A number or a boolean: rare enough to be left to the library.
    fn scalar(&mut self, value: impl Serialize) -> Result<(), Refused> {
        serde_json::to_writer(Pushed(self), &value).map_err(Refused::custom)
    }
}

/// What is printed, for a library that writes.
struct Pushed<'p, 'w>(&'p mut Printer<'w>);

impl Write for Pushed<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.push(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'p, 'w> Serializer for &'p mut Printer<'w> {
    type Ok = ();
    type Error = Refused;
    type SerializeSeq = Items<'p, 'w>;
    type SerializeTuple = Items<'p, 'w>;
    type SerializeTupleStruct = Items<'p, 'w>;
    type SerializeTupleVariant = Items<'p, 'w>;
    type SerializeMap = Items<'p, 'w>;
    type SerializeStruct = Items<'p, 'w>;
    type SerializeStructVariant = Items<'p, 'w>;

    fn serialize_bool(self, value: bool) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_i8(self, value: i8) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_i16(self, value: i16) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_i32(self, value: i32) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_i64(self, value: i64) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_i128(self, value: i128) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_u8(self, value: u8) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_u16(self, value: u16) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_u32(self, value: u32) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_u64(self, value: u64) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_u128(self, value: u128) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_f32(self, value: f32) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_f64(self, value: f64) -> Result<(), Refused> {
        self.scalar(value)
    }

    fn serialize_char(self, value: char) -> Result<(), Refused> {
        self.text(value.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<(), Refused> {
        self.text(value);
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, value: &T) -> Result<(), Refused> {
        self.displayed(value).map_err(Refused::custom)
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<(), Refused> {
        let mut items = self.serialize_seq(Some(value.len()))?;
        value
            .iter()
            .try_for_each(|byte| items.serialize_element(byte))?;
        items.end()
    }

    fn serialize_none(self) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Refused> {
        self.push(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<(), Refused> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<(), Refused> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Refused> {
        self.variant(variant);
        value.serialize(&mut *self)?;
        self.variant_end();
        Ok(())
    }

    fn serialize_seq(self, _length: Option<usize>) -> Result<Items<'p, 'w>, Refused> {
        Ok(self.open(LIST))
    }

    fn serialize_tuple(self, _length: usize) -> Result<Items<'p, 'w>, Refused> {
        Ok(self.open(LIST))
    }

    fn serialize_tuple_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Items<'p, 'w>, Refused> {
        Ok(self.open(LIST))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Items<'p, 'w>, Refused> {
        self.variant(variant);
        Ok(self.open(LIST))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Items<'p, 'w>, Refused> {
        Ok(self.open(OBJECT))
    }

    fn serialize_struct(
        self,
        _name: &'static str,
        _length: usize,
    ) -> Result<Items<'p, 'w>, Refused> {
        Ok(self.open(OBJECT))
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Items<'p, 'w>, Refused> {
        self.variant(variant);
        Ok(self.open(OBJECT))
    }
}
