#include "core/intake/signal/Page.h"

#include <algorithm>

#include "core/intake/signal/Edf.h"
#include "core/intake/signal/Mfer.h"
#include "core/intake/signal/PageBuilder.h"
#include "core/intake/signal/Scp.h"

namespace kamei::intake::signal {
namespace {

/// Names are single, or a family name and a given name, each with its reading behind it (MFER, MWF_PNM). Of a
/// file that has a field for each of them (SCP-ECG) they become one.
void addNames(const std::vector<std::string>& parts, std::string& name, model::SubjectHint& out) {
    const bool withReadings = parts.size() >= 4;
    for (std::size_t i = 0; i < parts.size(); i += withReadings ? 2 : 1) {
        name += (name.empty() ? "" : " ") + parts[i];
    }
    if (withReadings) {
        out.names.push_back(parts[1] + ' ' + parts[3]);
    }
}

} // namespace

base::Expected<Page> open(std::string_view bytes, std::string_view format) {
    if (format == "edf") {
        return edfPage(bytes);
    }
    if (format == "scp-ecg") {
        return scpPage(bytes);
    }
    if (format == "mfer") {
        return mferPage(bytes);
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
    if (format == "mfer") {
        return rewriteMfer(std::move(bytes), page, changes);
    }
    return base::fail(base::ErrorCode::UnsupportedFormat, "intake.signal.rewrite", {std::string(format)});
}

std::vector<std::string> components(std::string_view value) {
    std::vector<std::string> out;
    while (!value.empty()) {
        const std::size_t end = std::min(value.find('^'), value.size());
        if (const std::string_view one = trimmed(value.substr(0, end)); !one.empty()) {
            out.emplace_back(one);
        }
        value.remove_prefix(std::min(end + 1, value.size()));
    }
    return out;
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
            const auto parts = components(value);
            out.patientId = parts.empty() ? value : parts.front();
        } else if (part.role == "patient.name") {
            addNames(components(value), names, out);
        } else if (part.role == "patient.birth-date") {
            out.birthDate = readDate(value, page.places[i].date);
        } else if (part.role == "patient.sex") {
            out.sex = value == "M" || value == "F" ? value : std::string();
        }
    }
    if (!names.empty()) {
        out.names.insert(out.names.begin(), std::move(names));
    }
    return out;
}

} // namespace kamei::intake::signal
