#include <array>
#include <map>
#include <string>
#include <utility>

#include "core/release/Html.h"
#include "core/release/Report.h"
#include "core/release/ReportRows.h"
#include "core/release/Sentences.h"

namespace kamei::release {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// What was done, by category and measure: counts without the single rules.
std::vector<std::vector<std::string>> measures(const ReportData& data, const Sentences& sentences,
                                               Language language) {
    std::map<std::pair<model::Category, model::Action>, std::int64_t> counts;
    for (const RuleCount& count : data.rules) {
        counts[{count.category, count.action}] += count.count;
    }
    std::vector<std::vector<std::string>> out;
    for (const auto& [key, count] : counts) {
        out.push_back({sentences("category." + std::string(model::word(key.first)), language),
                       sentences("action." + std::string(model::word(key.second)), language),
                       std::to_string(count)});
    }
    return out;
}

} // namespace

base::Expected<std::string> cardHtml(const ReportData& data) {
    const auto sentences = Sentences::load();
    if (!sentences) {
        return tl::unexpected(sentences.error());
    }
    HtmlPage page;
    for (const Language language : {Language::Japanese, Language::English}) {
        const auto say = [&](const std::string& key) { return (*sentences)(key, language); };
        page.begin(language == Language::Japanese ? "ja" : "en", say("card.title"));
        page.paragraph(say("card.intro"));
        std::string policy = data.policy.name;
        for (const std::string& option : data.policy.options) {
            policy += " +" + option;
        }
        page.pairs({{say("report.dataset"), data.title},
                    {say("report.purpose"), data.sheet.jointPurpose},
                    {say("report.data-items"), data.sheet.jointItems},
                    {say("report.subjects"), std::to_string(data.subjects)},
                    {say("report.created"), base::iso8601(data.createdAt).substr(0, 10)},
                    {say("report.policy"), policy},
                    {say("report.rules"), data.rulesEdition},
                    {say("report.tool"), "Kamei " + data.toolVersion}});
        page.heading(say("report.contents"));
        std::vector<std::vector<std::string>> kinds;
        for (const ReportData::KindCount& kind : data.kinds) {
            kinds.push_back({say("kind." + std::string(model::word(kind.kind))), std::to_string(kind.assets),
                             std::to_string(kind.files)});
        }
        page.table({say("report.kind"), "#" + say("report.assets"), "#" + say("report.files")}, kinds);
        page.paragraph(say("card.layout"));
        page.heading(say("report.measures"));
        page.table({say("report.category"), say("report.action"), "#" + say("report.count")},
                   measures(data, *sentences, language));
        page.paragraph(say(data.policy.has("modified-dates") ? "card.dates-shifted"
                           : data.policy.has("full-dates")   ? "card.dates-kept"
                                                             : "card.dates-removed"));
        page.heading(say("card.limits"));
        std::int64_t open = 0;
        for (const RuleCount& count : unfinished(data)) {
            open += count.count;
        }
        page.pairs({{say("report.unfinished"), std::to_string(open)},
                    {say("report.singled-out"), std::to_string(data.singledOut)},
                    {say("report.deleted-assets"), std::to_string(data.deletedAssets)}});
        if (data.sample) {
            page.pairs(samplePairs(*data.sample, *sentences, language));
        }
        page.paragraph(say("card.no-guarantee"), "note");
        page.heading(say("card.later"));
        page.paragraph(say(data.sheet.keepDeletedInformation ? "card.later-kept" : "card.later-destroyed") +
                       (data.sheet.keepDeletedInformation ? " " + data.sheet.keepUntil : std::string()));
        page.paragraph(say("card.terms"));
        page.end();
    }
    return page.finish((*sentences)("card.title", Language::Japanese) + " – " + data.title);
}

} // namespace kamei::release
