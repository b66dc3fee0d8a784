#include "core/detect/attribute/PictureFindings.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/base/Resources.h"
#include "core/detect/vision/Questions.h"

namespace kamei::detect::attribute {
namespace {

namespace tags = intake::dicom::tags;
constexpr Tag kProtocolName = 0x00181030;
constexpr std::string_view kBurnedInRule = "image-content.burned-in-text";

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

std::optional<bool> saysHeadBy(const Survey& survey, const HeadWords& words) {
    bool elsewhere = false; // another part of the body is named
    if (const AttributeNode* part = nodeOf(survey, tags::BodyPartExamined)) {
        for (const std::string& value : part->values) {
            elsewhere = elsewhere || !value.empty();
            if (std::ranges::find(words.bodyParts, upper(value)) != words.bodyParts.end()) {
                return true;
            }
        }
    }
    for (const Tag tag : {tags::StudyDescription, tags::SeriesDescription, kProtocolName}) {
        const AttributeNode* node = nodeOf(survey, tag);
        for (const std::string& value : node == nullptr ? std::vector<std::string>{} : node->values) {
            const std::string text = lower(value);
            if (std::ranges::any_of(words.texts, [&](const std::string& word) {
                    return text.find(word) != std::string::npos;
                })) {
                return true;
            }
        }
    }
    // Descriptions say too many things ("T1 MPRAGE", "ROUTINE") to rule a head out.
    return elsewhere ? std::optional(false) : std::nullopt;
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

} // namespace

base::Expected<std::vector<model::Finding>> pictureFindings(const Survey& survey, const model::Asset& asset,
                                                            const ProfileTables& tables, bool doubtful,
                                                            const Context& context) {
    std::vector<model::Finding> out;
    if (asset.kind == model::AssetKind::DicomDocument) {
        return out;
    }
    const std::string modality =
        asset.modality.empty() ? std::string(survey.first(tags::Modality)) : asset.modality;
    if (doubtful || needsLook(survey, modality, tables)) {
        model::Finding f = vision::question(kBurnedInRule, "BurnedInAnnotation",
                                            {0, 0, pixels(survey, tags::Columns), pixels(survey, tags::Rows)},
                                            survey.instances(), context);
        f.detector = "attribute";
        out.push_back(std::move(f));
    }
    std::ranges::move(vision::ofTemplates(asset, survey.instances(), context), std::back_inserter(out));
    return out;
}

base::Expected<std::optional<bool>> saysHead(const Survey& survey) {
    static const base::Expected<HeadWords> words = loadHeadWords();
    if (!words) {
        return tl::unexpected(words.error());
    }
    return saysHeadBy(survey, *words);
}

bool isVolumetric(const Survey& survey, const model::Asset& asset) {
    const std::string_view modality = asset.modality.empty() ? survey.first(tags::Modality) : asset.modality;
    return asset.kind == model::AssetKind::DicomSeries &&
           (modality == "CT" || modality == "MR" || modality == "PT");
}

} // namespace kamei::detect::attribute
