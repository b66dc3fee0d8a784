#include "core/release/Papers.h"

#include <algorithm>
#include <span>

#include "core/base/Blank.h"
#include "core/release/Html.h"
#include "core/release/Sentences.h"

namespace kamei::release {
namespace {

constexpr std::array kLanguages{Language::Japanese, Language::English};

std::string_view code(Language language) {
    return language == Language::Japanese ? "ja" : "en";
}

/// One page in both languages; `write` gets the page, a speaker and the language.
template <class Write> base::Expected<std::string> page(const std::string& name, Write&& write) {
    const auto sentences = Sentences::load();
    if (!sentences) {
        return tl::unexpected(sentences.error());
    }
    HtmlPage out;
    for (const Language language : kLanguages) {
        const auto say = [&](const std::string& key) { return (*sentences)(key, language); };
        out.begin(code(language), say(name + ".title"));
        out.paragraph(say(name + ".intro"));
        write(out, say, language);
        out.end();
    }
    return out.finish((*sentences)(name + ".title", Language::Japanese));
}

} // namespace

std::string contractKey(int item) {
    return "contract." + std::to_string(item);
}

std::vector<int> openContractItems(const model::PurposeSheet& sheet) {
    std::vector<int> out;
    for (int item = 1; item <= kContractItems; ++item) {
        const auto agreed = sheet.notes.find(contractKey(item));
        if (agreed == sheet.notes.end() || base::isBlank(agreed->second)) {
            out.push_back(item);
        }
    }
    return out;
}

guideline::Situation situationOf(const model::PurposeSheet& sheet) {
    guideline::Situation out;
    const auto take = [&sheet](const char* name, std::string& target,
                               std::span<const std::string_view> words) {
        const auto found = sheet.notes.find(std::string("basis.") + name);
        if (found != sheet.notes.end() && std::ranges::find(words, found->second) != words.end()) {
            target = found->second;
        }
    };
    take("provider", out.provider, guideline::kProviders);
    take("stage", out.stage, guideline::kStages);
    take("aim", out.aim, guideline::kAims);
    take("recipient", out.recipient, guideline::kRecipients);
    return out;
}

base::Expected<std::string> contractHtml(const model::PurposeSheet& sheet) {
    return page("contract", [&](HtmlPage& out, const auto& say, Language) {
        out.pairs({{say("notice.4"), sheet.jointUsers}, {say("notice.5"), sheet.jointPurpose}});
        std::vector<std::vector<std::string>> rows;
        for (int item = 1; item <= kContractItems; ++item) {
            const auto agreed = sheet.notes.find(contractKey(item));
            const bool open = agreed == sheet.notes.end() || agreed->second.empty();
            rows.push_back(
                {std::to_string(item), say(contractKey(item)), open ? say("contract.open") : agreed->second});
        }
        out.table({"#", say("contract.item"), say("contract.agreed")}, rows);
        out.paragraph(say("contract.note"));
    });
}

base::Expected<std::string> dutiesHtml() {
    return page("duties", [](HtmlPage& out, const auto& say, Language) {
        std::vector<std::vector<std::string>> rows;
        // Guideline 3.6.1: the duties of articles 41 and 42 in the order of its table.
        constexpr std::array<bool, 13> kOther{false, false, false, false, true,  true, true,
                                              true,  true,  true,  true,  false, false};
        for (std::size_t i = 0; i < kOther.size(); ++i) {
            rows.push_back({say("duties." + std::to_string(i + 1)), say("duties.yes"),
                            say(kOther[i] ? "duties.yes" : "duties.no")});
        }
        out.table({say("duties.duty"), say("duties.personal"), say("duties.other")}, rows);
        out.paragraph(say("duties.agree"));
        out.paragraph(say("duties.exempt"));
        out.paragraph(say("duties.which"));
    });
}

base::Expected<std::string> basisHtml(const guideline::Situation& situation,
                                      const std::vector<guideline::Advice>& advice) {
    return page("basis", [&](HtmlPage& out, const auto& say, Language language) {
        out.pairs({{say("basis.provider"), say("basis.provider." + situation.provider)},
                   {say("basis.stage"), say("basis.stage." + situation.stage)},
                   {say("basis.aim"), say("basis.aim." + situation.aim)},
                   {say("basis.recipient"), say("basis.recipient." + situation.recipient)}});
        std::vector<std::vector<std::string>> rows;
        for (const guideline::Advice& one : advice) {
            rows.push_back({say("basis.basis." + one.basis), say("basis.verdict." + one.verdict),
                            language == Language::Japanese ? one.ja : one.en, one.section});
        }
        out.table({say("basis.basis"), say("basis.verdict"), say("basis.text"), say("report.section")}, rows);
        out.paragraph(say("basis.disclaimer"));
    });
}

base::Expected<std::string> minimisationHtml(const model::PurposeSheet& sheet,
                                             const std::vector<KeptItem>& items) {
    return page("minimisation", [&](HtmlPage& out, const auto& say, Language language) {
        out.pairs({{say("report.purpose"), sheet.purpose}, {say("report.data-items"), sheet.dataItems}});
        std::vector<std::vector<std::string>> rows;
        for (const KeptItem& item : items) {
            const std::string& name = language == Language::Japanese ? item.itemJa : item.itemEn;
            rows.push_back({name.empty() ? item.item : name, item.section, std::to_string(item.count),
                            item.need.empty() ? say("minimisation.open") : item.need});
        }
        out.table(
            {say("report.item"), say("report.section"), "#" + say("report.count"), say("minimisation.need")},
            rows);
    });
}

} // namespace kamei::release
