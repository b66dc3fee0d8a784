#include "core/detect/text/training/Corpus.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "core/detect/known/Matcher.h"
#include "core/detect/text/Mentions.h"
#include "core/detect/text/Units.h"
#include "core/detect/text/words/Lexicon.h"
#include "core/detect/text/words/Morphemes.h"

namespace kamei::detect::text::training {
namespace {

using nlohmann::json;

struct Gold {
    std::int64_t start = 0;
    std::int64_t end = 0;
    Label label = Label::OtherName;
};

std::vector<Gold> goldOf(const json& document) {
    std::vector<Gold> out;
    for (const json& span : document.at("spans")) {
        const Label label = labelOfWord(span.at("label").get<std::string>());
        out.push_back({span.at("start"), span.at("end"), label == Label::BirthDate ? Label::Date : label});
    }
    std::sort(out.begin(), out.end(), [](const Gold& a, const Gold& b) { return a.start < b.start; });
    return out;
}

// States by the annotation; a word that lies half in a span belongs to it: what is missed harms more.
std::vector<std::uint8_t> statesOf(const Page& page, const TagLine& line, const std::vector<Gold>& gold) {
    std::vector<std::uint8_t> out(line.size(), kOutside);
    std::size_t lastSpan = gold.size();
    for (std::size_t i = 0; i < line.size(); ++i) {
        const std::int64_t start = page.normalised.originalStart(line[i].start);
        const std::int64_t end = page.normalised.originalEnd(line[i].end);
        std::size_t which = gold.size();
        for (std::size_t k = 0; k < gold.size() && which == gold.size(); ++k) {
            which = gold[k].start < end && start < gold[k].end ? k : which;
        }
        if (which == gold.size()) {
            continue;
        }
        const auto* const kind = std::find(kModelLabels.begin(), kModelLabels.end(), gold[which].label);
        if (kind != kModelLabels.end()) {
            const auto label = static_cast<std::size_t>(kind - kModelLabels.begin());
            out[i] = static_cast<std::uint8_t>(which == lastSpan ? furtherState(label) : firstState(label));
        }
        lastSpan = which;
    }
    return out;
}

std::vector<model::KnownIdentifier> knownOf(const json& document) {
    std::vector<model::KnownIdentifier> out;
    const auto known = document.find("known");
    if (known == document.end()) {
        return out;
    }
    for (const auto& [key, kind] : {std::pair{"patient_name", "patient-name"},
                                    {"patient_kana", "patient-name"},
                                    {"chart_no", "patient-id"},
                                    {"birth_date", "birth-date"}}) {
        if (const auto value = known->find(key); value != known->end()) {
            out.push_back({{}, kind, value->get<std::string>(), {}, {}});
        }
    }
    return out;
}

} // namespace

base::Expected<std::vector<Document>> readCorpus(const std::vector<std::filesystem::path>& files) {
    auto lexicon = Lexicon::load();
    if (!lexicon) {
        return tl::unexpected(lexicon.error());
    }
    auto analyser = Analyser::load();
    if (!analyser) {
        return tl::unexpected(analyser.error());
    }
    std::vector<Document> out;
    for (const std::filesystem::path& file : files) {
        std::ifstream in(file);
        std::string row;
        while (std::getline(in, row)) {
            const json document = json::parse(row, nullptr, false);
            if (!document.is_object() || !document.contains("text") || !document.contains("spans")) {
                return base::fail(base::ErrorCode::Malformed, "detect.text.training",
                                  {file.filename().string()});
            }
            const auto id = document.at("id").get<std::string>();
            Document made{id.substr(0, id.find('#')), {}};
            Page page(document.at("text").get_ref<const std::string&>(), **lexicon, **analyser);
            const auto known =
                out.size() % 2 == 0 ? knownOf(document) : std::vector<model::KnownIdentifier>();
            Mentions mentions;
            findByRules(page, known, known::Matcher(known), mentions);
            const std::vector<Gold> gold = goldOf(document);
            for (TagLine& line : tagLines(page, resolve(page))) {
                std::vector<std::uint8_t> states = statesOf(page, line, gold);
                made.lines.push_back({std::move(line), std::move(states)});
            }
            out.push_back(std::move(made));
        }
    }
    return out;
}

} // namespace kamei::detect::text::training
