#include "core/intake/slide/TiffBuild.h"

namespace kamei::intake::slide {
namespace {

std::size_t room(Dialect dialect) {
    return dialect == Dialect::Big ? 8 : 4;
}

/// Bytes of a directory without the values behind it.
std::uint64_t fixedSize(std::size_t entries, Dialect dialect) {
    switch (dialect) {
    case Dialect::Big:
        return 8 + entries * 20 + 8;
    case Dialect::Ndpi: // pointer of eight bytes, then the high words
        return 2 + entries * 12 + 8 + entries * 4;
    case Dialect::Classic:
        break;
    }
    return 2 + entries * 12 + 4;
}

/// Whether a value stands in its entry.
bool isWithin(const Field& field, Dialect dialect) {
    const bool highWord = dialect == Dialect::Ndpi && field.type == 16 && field.count == 1;
    return highWord || field.value.size() <= room(dialect);
}

/// Values begin at whole words (TIFF 6.0 section 2), those of BigTIFF at eight bytes.
std::uint64_t aligned(std::uint64_t at) {
    return (at + 7) / 8 * 8;
}

} // namespace

void appendNumber(std::string& out, std::uint64_t value, std::size_t bytes, bool bigEndian) {
    for (std::size_t i = 0; i < bytes; ++i) {
        const std::size_t shift = bigEndian ? bytes - 1 - i : i;
        out += static_cast<char>(value >> (8 * shift) & 0xFF);
    }
}

Field numberField(std::uint16_t tag, std::uint16_t type, const std::vector<std::uint64_t>& values,
                  bool bigEndian) {
    Field out{tag, type, values.size(), {}};
    const std::size_t size = type == 1 ? 1 : type == 3 ? 2 : type == 4 || type == 9 || type == 13 ? 4 : 8;
    out.value.reserve(values.size() * size);
    for (const std::uint64_t value : values) {
        appendNumber(out.value, value, size, bigEndian);
    }
    return out;
}

std::uint64_t directorySize(const std::vector<Field>& fields, Dialect dialect) {
    std::uint64_t size = fixedSize(fields.size(), dialect);
    for (const Field& field : fields) {
        if (!isWithin(field, dialect)) {
            size = aligned(size) + field.value.size();
        }
    }
    return aligned(size);
}

std::string directoryBytes(const std::vector<Field>& fields, Dialect dialect, bool bigEndian,
                           std::uint64_t at, std::uint64_t next) {
    const std::size_t inside = room(dialect);
    std::string out;
    std::string high;
    std::string behind;
    const std::uint64_t fixed = fixedSize(fields.size(), dialect);
    appendNumber(out, fields.size(), dialect == Dialect::Big ? 8 : 2, bigEndian);
    for (const Field& field : fields) {
        appendNumber(out, field.tag, 2, bigEndian);
        appendNumber(out, field.type, 2, bigEndian);
        appendNumber(out, field.count, inside, bigEndian);
        std::uint64_t highWord = 0;
        if (field.value.size() <= inside) {
            out += field.value;
            out.append(inside - field.value.size(), '\0');
        } else if (dialect == Dialect::Ndpi && field.type == 16 && field.count == 1) {
            // A value of 64 bits is a LONG and its high word.
            std::uint64_t value = 0;
            for (std::size_t i = 0; i < 8; ++i) {
                value |= std::uint64_t{static_cast<std::uint8_t>(field.value[i])} << (8 * i);
            }
            out.resize(out.size() - 6);
            appendNumber(out, 4, 2, bigEndian);
            appendNumber(out, 1, 4, bigEndian);
            appendNumber(out, value & 0xFFFFFFFF, 4, bigEndian);
            highWord = value >> 32;
        } else {
            const std::uint64_t place = aligned(fixed + behind.size());
            behind.append(place - fixed - behind.size(), '\0');
            behind += field.value;
            appendNumber(out, at + place, inside, bigEndian);
            highWord = (at + place) >> 32;
        }
        appendNumber(high, highWord, 4, bigEndian);
    }
    appendNumber(out, next, dialect == Dialect::Classic ? 4 : 8, bigEndian);
    if (dialect == Dialect::Ndpi) {
        out += high;
    }
    out += behind;
    out.resize(directorySize(fields, dialect), '\0');
    return out;
}

std::string headerBytes(Dialect dialect, bool bigEndian, std::uint64_t first) {
    std::string out = bigEndian ? "MM" : "II";
    appendNumber(out, dialect == Dialect::Big ? 43 : 42, 2, bigEndian);
    if (dialect == Dialect::Big) {
        appendNumber(out, 8, 2, bigEndian);
        appendNumber(out, 0, 2, bigEndian);
    }
    appendNumber(out, first, dialect == Dialect::Classic ? 4 : 8, bigEndian);
    out.resize((out.size() + 7) / 8 * 8, '\0');
    return out;
}

} // namespace kamei::intake::slide
