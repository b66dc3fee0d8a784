#include "core/transform/dicom/Markers.h"

#include <algorithm>
#include <array>

#include "core/transform/dicom/Encoder.h"

namespace kamei::transform::dicom {
namespace {

namespace vr = intake::dicom::vr;
namespace tags = intake::dicom::tags;

constexpr Tag kDerivationDescription = 0x00082111;

struct MethodCode {
    std::string_view option;
    std::string_view code;
    std::string_view meaning;
};

/// PS3.16 CID 7050 De-identification Method.
constexpr std::array<MethodCode, 13> kMethodCodes{{
    {"", "113100", "Basic Application Confidentiality Profile"},
    {"clean-pixel-data", "113101", "Clean Pixel Data Option"},
    {"clean-visual-features", "113102", "Clean Recognizable Visual Features Option"},
    {"clean-graphics", "113103", "Clean Graphics Option"},
    {"clean-structured-content", "113104", "Clean Structured Content Option"},
    {"clean-descriptors", "113105", "Clean Descriptors Option"},
    {"full-dates", "113106", "Retain Longitudinal Temporal Information Full Dates Option"},
    {"modified-dates", "113107", "Retain Longitudinal Temporal Information Modified Dates Option"},
    {"patient-characteristics", "113108", "Retain Patient Characteristics Option"},
    {"device-identity", "113109", "Retain Device Identity Option"},
    {"uids", "113110", "Retain UIDs Option"},
    {"safe-private", "113111", "Retain Safe Private Option"},
    {"institution-identity", "113112", "Retain Institution Identity Option"},
}};

bool isApplied(const Plan& plan, std::string_view option) {
    const model::Policy& policy = plan.profile().policy();
    if (!policy.has(option)) {
        return false;
    }
    if (option == "clean-pixel-data") {
        return plan.burnedInCleaned();
    }
    if (option == "clean-visual-features") {
        return plan.faceJudgedAbsent();
    }
    if (option == "modified-dates") {
        return !plan.datesKept();
    }
    return option != "full-dates" || !policy.has("modified-dates");
}

void codeItem(Encoder& encoder, std::string_view code, std::string_view meaning) {
    const std::size_t item = encoder.openItem();
    encoder.text(0x00080100, vr::SH, code);
    encoder.text(0x00080102, vr::SH, "DCM");
    encoder.text(0x00080104, vr::LO, meaning);
    encoder.close(item);
}

/// PS3.3 C.7.6.1.1.11: what is stated covers all dates; one that is as it was makes them UNMODIFIED.
std::string_view temporal(const Plan& plan, const EarlierMarkers& earlier) {
    const model::Policy& policy = plan.profile().policy();
    const bool kept = plan.datesKept() || policy.name == "guideline-2024-required";
    if (policy.has("modified-dates") && !kept) {
        return earlier.temporal == "REMOVED" ? "REMOVED" : "MODIFIED";
    }
    if (kept || policy.has("full-dates")) {
        return earlier.temporal.empty() ? "UNMODIFIED" : std::string_view(earlier.temporal);
    }
    return "REMOVED";
}

/// What was done, one value of at most 64 characters each (VR LO), behind what is stated already.
std::string methods(const Plan& plan, const EarlierMarkers& earlier) {
    std::string own = "Kamei " KAMEI_VERSION "; PS3.15 2024b";
    own += plan.profile().guideline() ? "; MHLW guideline 2024" : "";
    if (earlier.methods.empty() || earlier.methods == own) {
        return own;
    }
    const bool stated = earlier.methods.ends_with('\\' + own);
    return stated ? earlier.methods : earlier.methods + '\\' + own;
}

std::vector<MethodCode> codes(const Plan& plan, const EarlierMarkers& earlier) {
    std::vector<MethodCode> out;
    for (const MethodCode& row : kMethodCodes) {
        const bool done = plan.profileApplied() && (row.option.empty() || isApplied(plan, row.option));
        // Of what was retained earlier nothing may be left; of what was cleaned nothing came back.
        if (done || std::ranges::find(earlier.codes, row.code) != earlier.codes.end()) {
            out.push_back(row);
        }
    }
    return out;
}

} // namespace

Additions markersOf(const Plan& plan, const PixelChanges& pixels, const EarlierMarkers& earlier,
                    bool explicitVr) {
    Additions out;
    const auto add = [&](Tag tag, auto write) {
        std::string bytes;
        Encoder encoder(bytes, explicitVr);
        write(encoder);
        out.emplace_back(tag, std::move(bytes));
    };
    const auto text = [&](Tag tag, Vr valueVr, std::string_view value) {
        add(tag, [&](Encoder& encoder) { encoder.text(tag, valueVr, value); });
    };
    text(tags::SpecificCharacterSet, vr::CS, "ISO_IR 192");
    text(tags::PatientIdentityRemoved, vr::CS,
         plan.identityRemoved() || earlier.identityRemoved ? "YES" : "NO");
    text(tags::DeidentificationMethod, vr::LO, methods(plan, earlier));
    if (const auto stated = codes(plan, earlier); !stated.empty()) {
        add(tags::DeidentificationMethodCodes, [&](Encoder& encoder) {
            const std::size_t sequence = encoder.openSequence(tags::DeidentificationMethodCodes);
            for (const MethodCode& row : stated) {
                codeItem(encoder, row.code, row.meaning);
            }
            encoder.close(sequence);
        });
    }
    if (plan.burnedInCleaned()) {
        text(tags::BurnedInAnnotation, vr::CS, "NO");
    }
    if (plan.faceJudgedAbsent()) {
        text(tags::RecognizableFeatures, vr::CS, "NO");
    }
    if (plan.faceRemoved()) {
        // PS3.3 2024b C.7.6.1.1.3: how the pixels were derived; nothing that the source said of it stays.
        text(kDerivationDescription, vr::ST,
             "Facial surface removed from the voxels (Kamei " KAMEI_VERSION ")");
    }
    text(tags::TemporalModified, vr::CS, temporal(plan, earlier));
    if (pixels.lossy) {
        text(tags::LossyCompression, vr::CS, "01"); // stays once it was true (PS3.3 C.7.6.1.1.5)
    }
    for (const auto& [tag, number] : pixels.numbers) {
        add(tag, [&, value = number, at = tag](Encoder& encoder) { encoder.number(at, value); });
    }
    if (!pixels.photometric.empty()) {
        text(tags::Photometric, vr::CS, pixels.photometric);
    }
    std::ranges::sort(out, {}, &std::pair<Tag, std::string>::first);
    return out;
}

} // namespace kamei::transform::dicom
