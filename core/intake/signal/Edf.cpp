#include "core/intake/signal/Edf.h"

#include <array>

#include "core/intake/signal/PageBuilder.h"

namespace kamei::intake::signal {
namespace {

struct PartName {
    std::string_view label;
    std::string_view path;
    std::string_view role;
    DateForm date = DateForm::None;
};
constexpr std::array kPatientParts{
    PartName{"Code", "patient/code", "patient.id"}, PartName{"Sex", "patient/sex", "patient.sex"},
    PartName{"Birth date", "patient/birthdate", "patient.birth-date", DateForm::Long},
    PartName{"Name", "patient/name", "patient.name"},
    PartName{"More", "patient/additional", "signal.patient-more"}};
constexpr std::array kRecordingParts{
    PartName{"Start date", "recording/startdate", "document.date", DateForm::Long},
    PartName{"Examination code", "recording/admincode", "document.id"},
    PartName{"Technician", "recording/technician", "clinician.name"},
    PartName{"Equipment", "recording/equipment", "signal.equipment"},
    PartName{"More", "recording/additional", "signal.recording-more"}};

struct SignalPart {
    std::string_view path;
    std::size_t before; ///< widths of the fields before it
    std::size_t width;
    std::size_t column; ///< of the page
};
constexpr std::array kSignalParts{SignalPart{"label", 0, 16, 6}, SignalPart{"transducer", 16, 80, 24},
                                  SignalPart{"dimension", 96, 8, 52}, SignalPart{"prefilter", 136, 80, 62},
                                  SignalPart{"reserved", 224, 32, 90}};

class Writer {
public:
    Writer(std::string_view bytes, const EdfLayout& layout) : m_bytes(bytes), m_layout(layout) {}

    base::Expected<Page> write() {
        const std::string title = m_layout.plus  ? std::string(m_bytes.substr(kReservedAt, 5))
                                  : m_layout.bdf ? "BDF"
                                                 : "EDF";
        m_page.line(title);
        m_page.line();
        identification("Patient", kPatientAt, kPatientParts, false);
        identification("Recording", kRecordingAt, kRecordingParts, true);
        moments();
        reserved();
        m_page.line("  Data records       " + std::to_string(m_layout.records));
        m_page.line();
        signals();
        annotations();
        return m_page.take(title);
    }

private:
    [[nodiscard]] std::string headerText(std::size_t at, std::size_t size) const {
        // Fits: the encoding was chosen so.
        return encoding::decode(m_bytes.substr(at, size), m_layout.headerEncoding).value_or(std::string());
    }

    /// The slot of a field without the blanks around its text.
    [[nodiscard]] std::pair<Slot, std::string> fieldOf(std::size_t at, std::size_t width) const {
        const std::string_view all = m_bytes.substr(at, width);
        const std::string_view text = trimmed(all);
        const auto lead = static_cast<std::size_t>(text.data() - all.data());
        const Slot slot{at + (text.empty() ? 0 : lead), width - (text.empty() ? 0 : lead)};
        return {slot, headerText(slot.at, text.size())};
    }

    void identification(std::string_view title, std::size_t at, const std::array<PartName, 5>& names,
                        bool recording) {
        m_page.line(title);
        const auto parts =
            m_layout.plus ? identificationParts(m_bytes, at, recording) : std::vector<EdfPart>{};
        if (parts.empty()) {
            const auto [slot, text] = fieldOf(at, kIdentification);
            m_page.field("Identification", text, slot, recording ? "recording" : "patient",
                         recording ? "signal.recording" : "signal.patient");
        }
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const bool cell = i + 1 < names.size();
            m_page.field(names[i].label, headerText(parts[i].at, parts[i].size),
                         {parts[i].at, parts[i].size, names[i].date, cell}, names[i].path, names[i].role);
        }
        m_page.line();
    }

    void moments() {
        m_page.line("Start");
        const auto [date, dateText] = fieldOf(kStartDateAt, 8);
        m_page.field("Date", dateText, {date.at, date.size, DateForm::Short, false}, "start/date",
                     "document.date");
        const auto [time, timeText] = fieldOf(kStartTimeAt, 8);
        m_page.field("Time", timeText, time, "start/time", "structure");
    }

    void reserved() {
        const auto [slot, text] = fieldOf(kReservedAt, kReserved);
        // BioSemi writes 24BIT there; EDF+ its name and whether records follow without a gap.
        static constexpr std::array<std::string_view, 8> kKnown{"",      "24BIT", "BIOSEMI", "16BIT",
                                                                "EDF+C", "EDF+D", "BDF+C",   "BDF+D"};
        std::size_t known = 0;
        for (const std::string_view word : kKnown) {
            known = text == word || text.starts_with(std::string(word) + ' ') ? std::max(known, word.size())
                                                                              : known;
        }
        const auto [more, moreText] = fieldOf(slot.at + known, slot.size - known);
        if (!moreText.empty()) {
            m_page.field("Reserved", moreText, more, "reserved", "signal.reserved");
        }
    }

    void signals() {
        m_page.line("Signals");
        for (std::size_t i = 0; i < m_layout.signals; ++i) {
            m_page.write("  " + std::to_string(i + 1));
            for (const SignalPart& part : kSignalParts) {
                const auto [slot, text] =
                    fieldOf(m_layout.signalField(part.before, part.width, i), part.width);
                if (!text.empty()) {
                    m_page.pad(part.column);
                    m_page.part(text, slot, "signals/" + std::string(part.path), roleOf(part, text));
                }
            }
            m_page.line();
        }
    }

    static std::string_view roleOf(const SignalPart& part, std::string_view text) {
        if (part.path == "reserved") {
            return "signal.reserved";
        }
        const bool ofFormat = text == "EDF Annotations" || text == "BDF Annotations" || text == "Status";
        return ofFormat ? "structure" : "text";
    }

    void annotations() {
        if (m_layout.annotations.empty()) {
            return;
        }
        m_page.line();
        m_page.line("Annotations (s)");
        for (const Annotation& one : m_layout.annotations) {
            m_page.write("  " + std::string(one.onset));
            m_page.pad(14);
            m_page.write(one.duration);
            m_page.pad(22);
            const auto text = encoding::decode(m_bytes.substr(one.at, one.size), m_layout.annotationEncoding);
            m_page.part(text.value_or(std::string()), {one.at, one.size}, "annotations", "text");
            m_page.line();
        }
    }

    std::string_view m_bytes;
    const EdfLayout& m_layout;
    PageBuilder m_page;
};

} // namespace

base::Expected<Page> edfPage(std::string_view bytes) {
    const auto layout = edfLayout(bytes);
    if (!layout) {
        return tl::unexpected(layout.error());
    }
    return Writer(bytes, *layout).write();
}

} // namespace kamei::intake::signal
