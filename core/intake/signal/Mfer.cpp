#include "core/intake/signal/Mfer.h"

#include <algorithm>
#include <array>

namespace kamei::intake::signal {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.signal.mfer";
constexpr std::string_view kMark = "MFR ";
constexpr std::size_t kMostDepth = 8;
constexpr std::size_t kMostFields = 1'000'000;

// Tags with a meaning of their own for who reads (ISO 22077-1, table of tags).
constexpr std::uint8_t kPadding = 0x00;
constexpr std::uint8_t kByteOrder = 0x01;
constexpr std::uint8_t kCharacters = 0x03;
constexpr std::uint8_t kCompression = 0x0E;
constexpr std::uint8_t kWaveform = 0x1E;
constexpr std::uint8_t kChannel = 0x3F;
constexpr std::uint8_t kPreamble = 0x40;
constexpr std::uint8_t kGroup = 0x67;
constexpr std::uint8_t kEnd = 0x80;
constexpr std::uint8_t kAge = 0x83;
constexpr std::uint8_t kSex = 0x84;
constexpr std::uint8_t kTime = 0x85;

/// Definitions of numbers alone, with the most bytes that each may have. What is longer is no such number.
struct NumberRow {
    std::uint8_t tag;
    std::size_t most;
};
constexpr std::array kNumbers{NumberRow{0x02, 3}, NumberRow{0x04, 4}, NumberRow{0x05, 4}, NumberRow{0x06, 4},
                              NumberRow{0x07, 4}, NumberRow{0x0A, 1}, NumberRow{0x0B, 6}, NumberRow{0x0C, 6},
                              NumberRow{0x0D, 8}, NumberRow{0x0F, 4}, NumberRow{0x12, 8}, NumberRow{0x43, 4}};

/// Definitions with words, behind the bytes of their codes and times.
struct TextRow {
    std::uint8_t tag;
    std::size_t codes;
    std::string_view label;
    std::string_view path;
    std::string_view role;
};
constexpr std::array kTexts{TextRow{kCharacters, 0, "Character set", "characters", "text"},
                            TextRow{0x08, 2, "Waveform", "waveform", "text"},
                            TextRow{0x09, 2, "Lead", "lead", "text"},
                            TextRow{0x11, 0, "Filter", "filter", "text"},
                            TextRow{0x15, 10, "Information", "information", "text"},
                            TextRow{0x16, 0, "Note", "note", "text"},
                            TextRow{0x17, 0, "Equipment", "equipment", "signal.equipment"},
                            TextRow{kPreamble, 4, "Preamble", "preamble", "text"},
                            TextRow{0x41, 10, "Event", "event", "text"},
                            TextRow{0x42, 6, "Value", "value", "text"},
                            TextRow{0x81, 0, "Name", "patient/name", "patient.name"},
                            TextRow{0x82, 0, "Patient ID", "patient/code", "patient.id"},
                            TextRow{0x86, 0, "Message", "message", "text"},
                            TextRow{0x87, 0, "UID", "uid", "document.id"}};

/// Character sets by the names that MWF_TXC uses. None: whatever the bytes are valid in.
std::optional<Encoding> characterSet(std::string_view name) {
    struct Row {
        std::string_view name;
        Encoding encoding;
    };
    static constexpr std::array kRows{
        Row{"JIS X 0208", Encoding::Iso2022Jp}, Row{"JIS X 0212", Encoding::Iso2022Jp},
        Row{"RFC 1468", Encoding::Iso2022Jp},   Row{"JIS X 0201", Encoding::Cp932},
        Row{"UTF-16LE", Encoding::Utf16Le},     Row{"UTF-16BE", Encoding::Utf16Be},
        Row{"UTF-16", Encoding::Utf16Le},       Row{"UNICODE", Encoding::Utf16Le}};
    const auto* const row =
        std::ranges::find_if(kRows, [&](const Row& one) { return name.starts_with(one.name); });
    return row != kRows.end() ? std::optional(row->encoding) : encoding::encodingFromLabel(name);
}

class Reader {
public:
    explicit Reader(std::string_view bytes) : m_bytes(bytes) {}

    base::Expected<std::vector<Field>> read() {
        std::size_t at = 0;
        if (auto done = definitions(at, m_bytes.size(), Until::End, 0); !done) {
            return tl::unexpected(done.error());
        }
        if (!m_waveform) {
            return base::fail(ErrorCode::Truncated, kPlace);
        }
        return std::move(m_out);
    }

private:
    using Done = base::Expected<void>;
    enum class Until { End, Length, Zeros };

    struct Definition {
        std::uint8_t tag = 0;
        std::size_t at = 0;
        std::size_t size = 0;
        bool open = false; ///< its length is not stated: two zeros end it
    };

    static tl::unexpected<base::Error> malformed() { return base::fail(ErrorCode::Malformed, kPlace); }

    /// Reads until `end`; `at` is then behind what was read.
    Done definitions(std::size_t& at, std::size_t end, Until until, std::size_t depth) {
        while (at < end) {
            if (until == Until::Zeros && m_bytes.substr(at, 2) == std::string_view("\0\0", 2)) {
                at += 2;
                return {};
            }
            const auto tag = static_cast<std::uint8_t>(m_bytes[at]);
            if (tag == kPadding) {
                ++at;
                continue;
            }
            if (tag == kEnd) {
                // The end of the file; nobody would look at what stands behind it.
                const bool last = until == Until::End && isAll(m_bytes.substr(at + 1), '\0');
                at = end;
                return last ? Done() : malformed();
            }
            auto one = head(at, end);
            if (!one) {
                return tl::unexpected(one.error());
            }
            at = one->at;
            if (auto done = value(*one, at, end, depth); !done) {
                return done;
            }
        }
        return until == Until::Zeros ? Done(base::fail(ErrorCode::Truncated, kPlace)) : Done();
    }

    /// Tag, channel of a channel's definition, and length (most significant byte first in every file).
    base::Expected<Definition> head(std::size_t at, std::size_t end) const {
        const auto truncated = [] { return base::fail(ErrorCode::Truncated, kPlace); };
        Definition out{byte(at)};
        ++at;
        if (out.tag == kChannel) {
            while (at < end && byte(at) >= 0x80) {
                ++at;
            }
            ++at;
        }
        if (at >= end) {
            return truncated();
        }
        const std::size_t first = byte(at++);
        out.size = first;
        if (first == 0x80) {
            out.open = true;
            out.size = 0;
        } else if (first > 0x80) {
            const std::size_t count = first & 0x7F;
            if (count > 4) {
                return malformed();
            }
            if (count > end - at) {
                return truncated();
            }
            out.size = static_cast<std::size_t>(readUnsigned(m_bytes.substr(at, count), true));
            at += count;
        }
        out.at = at;
        return out.size > end - at ? base::Expected<Definition>(truncated()) : out;
    }

    Done value(const Definition& one, std::size_t& at, std::size_t end, std::size_t depth) {
        if (one.tag == kChannel || one.tag == kGroup) {
            if (depth == kMostDepth) {
                return malformed();
            }
            return definitions(at, one.open ? end : one.at + one.size,
                               one.open ? Until::Zeros : Until::Length, depth + 1);
        }
        if (one.open || m_out.size() > kMostFields) {
            return malformed();
        }
        at = one.at + one.size;
        const std::string_view all = m_bytes.substr(one.at, one.size);
        switch (one.tag) {
        case kWaveform:
            m_waveform = true;
            return {};
        case kByteOrder:
            m_bigEndian = all.empty() || all[0] == '\0';
            return all.size() <= 1 && (all.empty() || all[0] == '\0' || all[0] == '\1') ? Done()
                                                                                        : malformed();
        case kCompression:
            return isAll(all, '\0')
                       ? Done()
                       : Done(base::fail(ErrorCode::UnsupportedFormat, kPlace, {std::string("mfer")}));
        case kCharacters:
            characters(one);
            return {};
        case kAge:
            age(one);
            return {};
        case kSex:
            fixed(one, 1, FieldKind::Sex, "Sex", "patient/sex", "patient.sex");
            return {};
        case kTime:
            moment(one);
            return {};
        default:
            other(one);
            return {};
        }
    }

    void other(const Definition& one) {
        const auto* const number = std::ranges::find(kNumbers, one.tag, &NumberRow::tag);
        if (number != kNumbers.end() && one.size <= number->most) {
            return;
        }
        const auto* const row = std::ranges::find(kTexts, one.tag, &TextRow::tag);
        if (row == kTexts.end()) {
            opaque(one.at, one.size);
        } else if (row->tag == kPreamble && !m_bytes.substr(one.at, one.size).starts_with(kMark)) {
            opaque(one.at, one.size);
        } else if (one.size > row->codes) {
            Field field{one.at + row->codes, one.size - row->codes,
                        FieldKind::Text,     row->label,
                        row->path,           row->role};
            m_out.push_back(textField(m_bytes, field, m_habit));
        }
    }

    void characters(const Definition& one) {
        std::string name(trimmed(m_bytes.substr(one.at, one.size)));
        std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
        m_habit = {characterSet(name), name.starts_with("ISO 8859-1") || name.starts_with("ISO-8859-1")};
        const bool known = m_habit.declared || m_habit.latin || name.empty() ||
                           name.starts_with("ANSI X3.4") || name.starts_with("ASCII") ||
                           name.starts_with("ISO 646");
        if (!known || name.size() > kLongestName) {
            other(one);
        }
    }

    /// Years, days, and the day of birth.
    void age(const Definition& one) {
        constexpr std::size_t kWhole = 7;
        if (one.size != 1 && one.size != 3 && one.size != kWhole) {
            opaque(one.at, one.size);
            return;
        }
        add({one.at, 1, FieldKind::Number, "Age", "patient/age", "patient.age"});
        if (one.size > 1) {
            // With the day of the examination they tell the birthday.
            add({one.at + 1, 2, FieldKind::Number, "Age in days", "patient/age-days", "signal.patient-more"});
        }
        if (one.size == kWhole) {
            add({one.at + 3, 4, FieldKind::Date, "Birth date", "patient/birthdate", "patient.birth-date"});
        }
    }

    /// Date, time of day, milliseconds and microseconds.
    void moment(const Definition& one) {
        if (one.size != 4 && one.size != 7 && one.size != 9 && one.size != 11) {
            opaque(one.at, one.size);
            return;
        }
        add({one.at, 4, FieldKind::Date, "Date", "start/date", "document.date"});
        if (one.size >= 7) {
            add({one.at + 4, 3, FieldKind::Time, "Time", "start/time", "structure"});
        }
    }

    void fixed(const Definition& one, std::size_t size, FieldKind kind, std::string_view label,
               std::string_view path, std::string_view role) {
        if (one.size == size) {
            add({one.at, one.size, kind, label, path, role});
        } else {
            opaque(one.at, one.size);
        }
    }
    void opaque(std::size_t at, std::size_t size) {
        if (size > 0) {
            add({at, size, FieldKind::Opaque, "Not understood", "reserved", "signal.reserved"});
        }
    }
    void add(Field field) {
        field.bigEndian = m_bigEndian;
        m_out.push_back(field);
    }
    [[nodiscard]] std::uint8_t byte(std::size_t at) const { return static_cast<std::uint8_t>(m_bytes[at]); }

    static constexpr std::size_t kLongestName = 16; ///< of a character set

    std::string_view m_bytes;
    std::vector<Field> m_out;
    TextHabit m_habit;
    bool m_bigEndian = true; ///< until the file says otherwise
    bool m_waveform = false;
};

} // namespace

base::Expected<std::vector<Field>> mferFields(std::string_view bytes) {
    return Reader(bytes).read();
}

base::Expected<Page> mferPage(std::string_view bytes) {
    const auto fields = mferFields(bytes);
    if (!fields) {
        return tl::unexpected(fields.error());
    }
    PageBuilder page;
    page.line("MFER");
    page.line();
    for (const Field& field : *fields) {
        show(page, bytes, field);
    }
    return page.take("MFER");
}

base::Expected<std::string> rewriteMfer(std::string bytes, const Page& page,
                                        const std::vector<Change>& changes) {
    const auto fields = mferFields(bytes);
    if (!fields) {
        return tl::unexpected(fields.error());
    }
    std::string out = rewriteFields(bytes, *fields, page, changes);
    // Read back: values changed in their bytes alone, so that every definition is where it was.
    if (const auto again = mferFields(out); !again) {
        return tl::unexpected(again.error());
    }
    return out;
}

} // namespace kamei::intake::signal
