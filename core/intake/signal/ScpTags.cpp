#include "core/intake/signal/ScpTags.h"

#include <algorithm>
#include <array>

namespace kamei::intake::signal {
namespace {

using base::ErrorCode;
using encoding::Encoding;

constexpr std::string_view kPlace = "intake.signal.scp";
constexpr std::size_t kTagHead = 3; ///< tag and length
constexpr std::uint8_t kAge = 4;
constexpr std::uint8_t kDrugs = 10;
constexpr std::uint8_t kAcquiringDevice = 14;
constexpr std::uint8_t kAnalysingDevice = 15;
constexpr std::uint8_t kHistoryCodes = 32;
constexpr std::uint8_t kTimeZone = 34;
constexpr std::uint8_t kEnd = 255;

/// EN 1064 5.4.3: tag, what it holds, and its bytes where they are fixed.
struct TagRow {
    std::uint8_t tag;
    FieldKind kind;
    std::size_t size;
    std::string_view label;
    std::string_view path;
    std::string_view role;
};
constexpr std::array kTags{
    TagRow{0, FieldKind::Text, 0, "Last name", "patient/last-name", "patient.name"},
    TagRow{1, FieldKind::Text, 0, "First name", "patient/first-name", "patient.name"},
    TagRow{2, FieldKind::Text, 0, "Patient ID", "patient/code", "patient.id"},
    TagRow{3, FieldKind::Text, 0, "Second last name", "patient/second-last-name", "patient.name"},
    TagRow{kAge, FieldKind::Number, 3, "Age", "patient/age", "patient.age"},
    TagRow{5, FieldKind::Date, 4, "Birth date", "patient/birthdate", "patient.birth-date"},
    TagRow{6, FieldKind::Number, 3, "Height", "patient/height", "structure"},
    TagRow{7, FieldKind::Number, 3, "Weight", "patient/weight", "structure"},
    TagRow{8, FieldKind::Sex, 1, "Sex", "patient/sex", "patient.sex"},
    TagRow{9, FieldKind::Number, 1, "Race", "patient/race", "signal.patient-more"},
    TagRow{kDrugs, FieldKind::Text, 0, "Drugs", "patient/drugs", "text"},
    TagRow{11, FieldKind::Number, 2, "Systolic", "patient/systolic", "structure"},
    TagRow{12, FieldKind::Number, 2, "Diastolic", "patient/diastolic", "structure"},
    TagRow{13, FieldKind::Text, 0, "Indication", "recording/indication", "text"},
    TagRow{16, FieldKind::Text, 0, "Institution", "recording/institution", "facility.name"},
    TagRow{17, FieldKind::Text, 0, "Analysed at", "recording/analysing-institution", "facility.name"},
    TagRow{18, FieldKind::Text, 0, "Department", "recording/department", "signal.recording"},
    TagRow{19, FieldKind::Text, 0, "Analysed in", "recording/analysing-department", "signal.recording"},
    TagRow{20, FieldKind::Text, 0, "Referring", "recording/referring-physician", "clinician.name"},
    TagRow{21, FieldKind::Text, 0, "Confirming", "recording/confirming-physician", "clinician.name"},
    TagRow{22, FieldKind::Text, 0, "Technician", "recording/technician", "clinician.name"},
    TagRow{23, FieldKind::Text, 0, "Room", "recording/room", "signal.recording-more"},
    TagRow{24, FieldKind::Number, 1, "Stat code", "recording/stat", "structure"},
    TagRow{25, FieldKind::Date, 4, "Date", "start/date", "document.date"},
    TagRow{26, FieldKind::Time, 3, "Time", "start/time", "structure"},
    TagRow{27, FieldKind::Number, 2, "Baseline filter", "recording/baseline-filter", "structure"},
    TagRow{28, FieldKind::Number, 2, "Low-pass filter", "recording/low-pass-filter", "structure"},
    TagRow{29, FieldKind::Number, 1, "Other filters", "recording/filters", "structure"},
    TagRow{30, FieldKind::Text, 0, "Remark", "recording/remark", "text"},
    TagRow{31, FieldKind::Text, 0, "Sequence number", "recording/sequence", "document.id"},
    TagRow{33, FieldKind::Number, 2, "Electrodes", "recording/electrodes", "structure"},
    TagRow{kTimeZone, FieldKind::Text, 0, "Time zone", "recording/time-zone", "text"},
    TagRow{35, FieldKind::Text, 0, "History", "patient/history", "text"}};

/// Tags 14 and 15 (EN 1064 5.4.3.1): bytes of their parts.
constexpr std::size_t kInstitutionNumber = 0;
constexpr std::size_t kDepartmentNumber = 2;
constexpr std::size_t kDeviceNumber = 4;
constexpr std::size_t kModel = 8;
constexpr std::size_t kModelSize = 6;
constexpr std::size_t kLanguage = 16;
constexpr std::size_t kReserved = 19;
constexpr std::size_t kRevisionLength = 35;
constexpr std::size_t kStrings = 36;

struct Tag {
    std::uint8_t tag = 0;
    std::size_t at = 0; ///< of its value
    std::size_t size = 0;
};

std::size_t number(std::string_view bytes, std::size_t at, std::size_t size) {
    return static_cast<std::size_t>(readUnsigned(bytes.substr(at, size), false));
}

base::Expected<std::vector<Tag>> tagsOf(std::string_view bytes, const ScpSection& section) {
    std::vector<Tag> out;
    const std::size_t end = section.at + section.size;
    for (std::size_t at = section.at + kScpSectionHeader; at < end;) {
        const auto tag = static_cast<std::uint8_t>(bytes[at]);
        if (tag == kEnd || end - at < kTagHead) {
            // A section has an even number of bytes: a zero may follow.
            return isAll(bytes.substr(at + (tag == kEnd ? 1 : 0), end - at - (tag == kEnd ? 1 : 0)), '\0')
                       ? base::Expected<std::vector<Tag>>(std::move(out))
                       : base::fail(ErrorCode::Malformed, kPlace);
        }
        const std::size_t size = number(bytes, at + 1, 2);
        if (size > end - at - kTagHead) {
            return base::fail(ErrorCode::Malformed, kPlace);
        }
        out.push_back({tag, at + kTagHead, size});
        at += kTagHead + size;
    }
    return out;
}

class TagFields {
public:
    TagFields(std::string_view bytes, const TextHabit& habit) : m_bytes(bytes), m_habit(habit) {}

    void add(const Tag& tag) {
        const auto* const row = std::ranges::find(kTags, tag.tag, &TagRow::tag);
        if (tag.tag == kAcquiringDevice || tag.tag == kAnalysingDevice) {
            device(tag);
        } else if (tag.tag == kHistoryCodes && codes(tag)) {
            return;
        } else if (row == kTags.end() || (row->size != 0 && row->size != tag.size)) {
            opaque(tag.at, tag.size);
        } else if (row->kind == FieldKind::Text) {
            // Codes of a drug, hours of a zone stand before their words.
            const std::size_t codes = tag.tag == kDrugs ? 3 : tag.tag == kTimeZone ? 4 : 0;
            if (tag.size > codes) {
                text(tag.at + codes, tag.size - codes, *row);
            }
        } else {
            // The unit of an age, a height or a weight stands behind it.
            field(tag.at, tag.size == 3 && row->kind == FieldKind::Number ? 2 : tag.size, row->kind,
                  row->label, row->path, row->role);
        }
    }
    [[nodiscard]] std::vector<Field> take() { return std::move(m_out); }

private:
    void field(std::size_t at, std::size_t size, FieldKind kind, std::string_view label,
               std::string_view path, std::string_view role) {
        if (size > 0) {
            m_out.push_back({at, size, kind, label, path, role});
        }
    }
    void opaque(std::size_t at, std::size_t size) {
        field(at, size, FieldKind::Opaque, "Not understood", "reserved", "signal.reserved");
    }

    /// A text ends with a zero. What stands behind it, of an older and longer text, is looked at by itself.
    void text(std::size_t at, std::size_t size, const TagRow& row) {
        const std::string_view all = m_bytes.substr(at, size);
        const std::size_t end = std::min(all.find('\0'), size);
        const bool alone = isAll(all.substr(end), '\0');
        const std::size_t room = alone ? size - (end < size ? 1 : 0) : end;
        if (room > 0) {
            m_out.push_back(
                textField(m_bytes, {at, room, FieldKind::Text, row.label, row.path, row.role}, m_habit));
        }
        if (!alone) {
            opaque(at + end, size - end);
        }
    }

    /// Medical history as codes of a table (EN 1064 5.4.3: the tables end far below letters).
    [[nodiscard]] bool codes(const Tag& tag) const {
        return std::ranges::all_of(m_bytes.substr(tag.at, tag.size),
                                   [](char c) { return static_cast<unsigned char>(c) < ' '; });
    }

    void device(const Tag& tag) {
        if (tag.size < kStrings) {
            opaque(tag.at, tag.size);
            return;
        }
        field(tag.at + kInstitutionNumber, 2, FieldKind::Number, "Institution number", "device/institution",
              "signal.recording");
        field(tag.at + kDepartmentNumber, 2, FieldKind::Number, "Department number", "device/department",
              "signal.recording");
        field(tag.at + kDeviceNumber, 2, FieldKind::Number, "Device number", "device/number",
              "signal.equipment");
        m_out.push_back(textField(
            m_bytes,
            {tag.at + kModel, kModelSize, FieldKind::Text, "Model", "device/model", "signal.equipment"},
            m_habit));
        opaque(tag.at + kReserved, kRevisionLength - kReserved);
        strings(tag.at + kStrings, tag.at + tag.size);
    }

    /// Program, serial number, software and manufacturer, each ended by a zero: what replaces one keeps its
    /// length, so that the next stays the next.
    void strings(std::size_t at, std::size_t end) {
        while (at < end) {
            const std::size_t stop = std::min(m_bytes.find('\0', at), end);
            if (stop > at) {
                Field one{at,    stop - at, FieldKind::Text, "Device", "device/strings", "signal.equipment",
                          false, ' '};
                m_out.push_back(textField(m_bytes, std::move(one), m_habit));
            }
            at = stop + 1;
        }
    }

    std::string_view m_bytes;
    TextHabit m_habit;
    std::vector<Field> m_out;
};

} // namespace

TextHabit scpTextHabit(std::string_view bytes, const ScpSection& section) {
    constexpr std::size_t kLatin = 1;
    constexpr std::size_t kUtf8 = 7;
    constexpr std::array<std::size_t, 2> kJapanese{0x17, 0x1F}; ///< JIS X 0208, JIS X 0212
    TextHabit out;
    if (const auto tags = tagsOf(bytes, section)) {
        const auto device = std::ranges::find(*tags, kAcquiringDevice, &Tag::tag);
        if (device != tags->end() && device->size > kLanguage) {
            const std::size_t code = number(bytes, device->at + kLanguage, 1);
            out.latin = code == kLatin;
            if (code == kUtf8) {
                out.declared = Encoding::Utf8;
            } else if (std::ranges::find(kJapanese, code) != kJapanese.end()) {
                out.declared = Encoding::Iso2022Jp;
            }
        }
    }
    return out;
}

base::Expected<std::vector<Field>> scpTagFields(std::string_view bytes, const ScpSection& section) {
    const auto tags = tagsOf(bytes, section);
    if (!tags) {
        return tl::unexpected(tags.error());
    }
    TagFields out(bytes, scpTextHabit(bytes, section));
    for (const Tag& tag : *tags) {
        out.add(tag);
    }
    return out.take();
}

Field scpOpaqueSection(const ScpSection& section) {
    return {section.at + kScpSectionHeader,
            section.size - kScpSectionHeader,
            FieldKind::Opaque,
            "Not understood",
            "section",
            "signal.reserved"};
}

std::vector<Field> scpStatementFields(std::string_view bytes, const ScpSection& section,
                                      const TextHabit& habit) {
    constexpr std::size_t kHead = 9; ///< status, date, time, number of statements
    constexpr std::size_t kStatementHead = 3;
    const std::size_t begin = section.at + kScpSectionHeader;
    const std::size_t end = section.at + section.size;
    if (end - begin == 0) {
        return {};
    }
    if (end - begin < kHead) {
        return {scpOpaqueSection(section)};
    }
    std::vector<Field> out{{begin + 1, 4, FieldKind::Date, "Report date", "report/date", "document.date"},
                           {begin + 5, 3, FieldKind::Time, "Report time", "report/time", "structure"}};
    std::size_t at = begin + kHead;
    for (std::size_t left = number(bytes, begin + kHead - 1, 1); left > 0; --left) {
        if (end - at < kStatementHead || number(bytes, at + 1, 2) > end - at - kStatementHead) {
            return {scpOpaqueSection(section)};
        }
        const std::size_t stop = at + kStatementHead + number(bytes, at + 1, 2);
        // Section 11 says first whether it is a code or a text; several words follow, each with its zero.
        at += kStatementHead + (section.id == 11 && stop > at + kStatementHead ? 1 : 0);
        while (at < stop) {
            const std::size_t wordEnd = std::min(bytes.find('\0', at), stop);
            if (wordEnd > at) {
                Field one{at, wordEnd - at, FieldKind::Text, "Statement", "statements", "text", false, ' '};
                out.push_back(textField(bytes, std::move(one), habit));
            }
            at = std::min(wordEnd + 1, stop);
        }
    }
    return isAll(bytes.substr(at, end - at), '\0') ? out : std::vector<Field>{scpOpaqueSection(section)};
}

} // namespace kamei::intake::signal
