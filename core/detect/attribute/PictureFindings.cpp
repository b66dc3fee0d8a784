#include "core/detect/attribute/PictureFindings.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "core/base/Resources.h"

namespace kamei::detect::attribute {
namespace {

namespace tags = intake::dicom::tags;
constexpr Tag kProtocolName = 0x00181030;
constexpr std::string_view kBurnedInRule = "image-content.burned-in-text";
constexpr std::string_view kFaceRule = "image-content.facial-surface";

struct HeadWords {
    std::vector<std::string> bodyParts;
    std::vector<std::string> texts;
};

base::Expected<HeadWords> loadHeadWords() {
    const auto content = base::readResource("profiles/head.tsv");
    if (!content) {
        return base::fail(base::ErrorCode::NotFound, "detect.attribute.pictures", {"profiles/head.tsv"});
    }
    HeadWords out;
    std::string_view rest = *content;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string_view line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        const std::size_t tab = line.find('\t');
        if (line.starts_with('#') || tab == std::string_view::npos) {
            continue;
        }
        const std::string_view word = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
        if (line.starts_with("body-part\t")) {
            out.bodyParts.emplace_back(word);
        } else if (line.starts_with("text\t")) {
            out.texts.emplace_back(word);
        }
    }
    return out;
}

const AttributeNode* nodeOf(const Survey& survey, Tag tag) {
    const auto found = survey.root().attributes.find(tag);
    return found == survey.root().attributes.end() ? nullptr : &found->second;
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string upper(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    return out;
}

bool isHeadStudy(const Survey& survey, const HeadWords& words) {
    bool described = false;
    if (const AttributeNode* part = nodeOf(survey, tags::BodyPartExamined)) {
        for (const std::string& value : part->values) {
            described = true;
            if (std::ranges::find(words.bodyParts, upper(value)) != words.bodyParts.end()) {
                return true;
            }
        }
    }
    for (const Tag tag : {tags::StudyDescription, tags::SeriesDescription, kProtocolName}) {
        const AttributeNode* node = nodeOf(survey, tag);
        for (const std::string& value : node == nullptr ? std::vector<std::string>{} : node->values) {
            described = true;
            const std::string text = lower(value);
            if (std::ranges::any_of(words.texts, [&](const std::string& word) {
                    return text.find(word) != std::string::npos;
                })) {
                return true;
            }
        }
    }
    return !described; // a volume of which nothing says what it shows may show a face
}

/// Secondary Capture and its multi-frame kinds (PS3.4 2024b B.5): screens, whatever the modality says.
bool isCapture(const Survey& survey) {
    return survey.first(tags::SopClass).starts_with("1.2.840.10008.5.1.4.1.1.7");
}

bool needsLook(const Survey& survey, std::string_view modality, const ProfileTables& tables) {
    const AttributeNode* node = nodeOf(survey, tags::BurnedInAnnotation);
    const bool stated = node != nullptr && node->instances == survey.instances() && !node->values.empty();
    const bool onlyNo =
        stated && std::ranges::all_of(node->values, [](const std::string& v) { return v == "NO"; });
    const bool anyYes = node != nullptr && std::ranges::find(node->values, "YES") != node->values.end();
    return anyYes || (!onlyNo && (tables.burnedInWhenSilent(modality) || isCapture(survey)));
}

std::int32_t pixels(const Survey& survey, Tag tag) {
    std::int32_t out = 0;
    const AttributeNode* node = nodeOf(survey, tag);
    if (node != nullptr) {
        std::from_chars(node->first.data(), node->first.data() + node->first.size(), out);
    }
    return out;
}

model::Finding findingOf(const guideline::RuleTable& rules, std::string_view rule, model::Category category,
                         model::Requirement requirement) {
    model::Finding out;
    out.rule = rule;
    const guideline::Rule* row = rules.find(rule);
    out.category = row == nullptr ? category : row->category;
    out.requirement = row == nullptr ? requirement : row->requirement;
    return out;
}

} // namespace

base::Expected<std::vector<model::Finding>> pictureFindings(const Survey& survey, const model::Asset& asset,
                                                            const ProfileTables& tables, bool doubtful,
                                                            const Context& context) {
    std::vector<model::Finding> out;
    if (asset.kind == model::AssetKind::DicomDocument) {
        return out;
    }
    static const base::Expected<HeadWords> words = loadHeadWords();
    if (!words) {
        return tl::unexpected(words.error());
    }
    const std::string modality =
        asset.modality.empty() ? std::string(survey.first(tags::Modality)) : asset.modality;
    const auto burnedIn = [&] {
        model::Finding f = findingOf(context.rules, kBurnedInRule, model::Category::Identifier,
                                     model::Requirement::Required);
        f.locator.kind = model::Locator::Kind::Pixels;
        f.suggested = f.action = model::Action::Mask;
        f.instances = survey.instances();
        return f;
    };
    if (doubtful || needsLook(survey, modality, tables)) {
        model::Finding f = burnedIn();
        f.locator.rect = {0, 0, pixels(survey, tags::Columns), pixels(survey, tags::Rows)};
        f.label = "BurnedInAnnotation";
        f.detector = "attribute";
        f.confidence = 0.5;
        out.push_back(std::move(f));
    }
    for (const DeviceTemplate& row : context.templates) {
        if (row.device.empty() || row.device != asset.device) {
            continue;
        }
        model::Finding f = burnedIn();
        f.locator.rect = row.mask.rect;
        f.locator.frames = row.mask.frames;
        f.label = row.label;
        f.detector = "mask.template";
        f.origin = model::Origin::Device;
        f.detail = nlohmann::json{{"mask", nlohmann::json::parse(model::toJson(row.mask))}}.dump();
        out.push_back(std::move(f));
    }
    const bool volume = modality == "CT" || modality == "MR" || modality == "PT";
    if (volume && isHeadStudy(survey, *words)) {
        model::Finding f = findingOf(context.rules, kFaceRule, model::Category::QuasiIdentifier,
                                     model::Requirement::Conditional);
        f.locator.kind = model::Locator::Kind::Asset;
        f.label = "FacialSurface";
        f.detector = "attribute";
        f.origin = model::Origin::Face;
        f.suggested = f.action = model::Action::Keep;
        f.instances = survey.instances();
        out.push_back(std::move(f));
    }
    return out;
}

} // namespace kamei::detect::attribute
