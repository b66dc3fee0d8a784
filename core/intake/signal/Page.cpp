#include "core/intake/signal/Page.h"

#include <algorithm>

#include "core/intake/signal/Edf.h"
#include "core/intake/signal/Scp.h"

namespace kamei::intake::signal {

base::Expected<Page> open(std::string_view bytes, std::string_view format) {
    if (format == "edf") {
        return edfPage(bytes);
    }
    if (format == "scp-ecg") {
        return scpPage(bytes);
    }
    return base::fail(base::ErrorCode::UnsupportedFormat, "intake.signal.open", {std::string(format)});
}

base::Expected<std::string> rewrite(std::string bytes, std::string_view format, const Page& page,
                                    const std::vector<Change>& changes) {
    if (format == "edf") {
        return rewriteEdf(std::move(bytes), page, changes);
    }
    if (format == "scp-ecg") {
        return rewriteScp(std::move(bytes), page, changes);
    }
    return base::fail(base::ErrorCode::UnsupportedFormat, "intake.signal.rewrite", {std::string(format)});
}

model::SubjectHint subjectHint(const Page& page) {
    model::SubjectHint out;
    std::string names; // SCP-ECG has a field for each of them
    for (std::size_t i = 0; i < page.places.size(); ++i) {
        const text::Segment& part = page.text.segments()[i];
        std::string value = page.text.slice(part.start, part.end);
        if (page.places[i].cell) {
            std::ranges::replace(value, '_', ' ');
        }
        if (part.role == "patient.id") {
            out.patientId = std::move(value);
        } else if (part.role == "patient.name") {
            names += names.empty() ? value : ' ' + value;
        } else if (part.role == "patient.birth-date") {
            out.birthDate = readDate(value, page.places[i].date);
        } else if (part.role == "patient.sex") {
            out.sex = value == "M" || value == "F" ? value : std::string();
        }
    }
    if (!names.empty()) {
        out.names.push_back(std::move(names));
    }
    return out;
}

} // namespace kamei::intake::signal
