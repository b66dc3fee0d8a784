#include <array>
#include <string>

#include "core/release/Html.h"
#include "core/release/Report.h"
#include "core/release/Sentences.h"

namespace kamei::release {
namespace {

constexpr std::array kLanguages{Language::Japanese, Language::English};

std::string_view code(Language language) {
    return language == Language::Japanese ? "ja" : "en";
}

} // namespace

base::Expected<std::string> termsHtml(const ReportData& data) {
    const auto sentences = Sentences::load();
    if (!sentences) {
        return tl::unexpected(sentences.error());
    }
    HtmlPage page;
    for (const Language language : kLanguages) {
        const auto say = [&](const std::string& key) { return (*sentences)(key, language); };
        page.begin(code(language), say("terms.title"));
        page.paragraph(say("terms.intro"));
        page.pairs({{say("report.dataset"), data.title},
                    {say("report.purpose"), data.sheet.jointPurpose},
                    {say("notice.4"), data.sheet.jointUsers},
                    {say("notice.6"), data.sheet.responsible}});
        for (int i = 1; sentences->contains("terms." + std::to_string(i)); ++i) {
            const std::string key = "terms." + std::to_string(i);
            page.heading(std::to_string(i) + ". " + say(key));
            page.paragraph(say(key + ".text"));
        }
        page.heading(say("terms.check"));
        page.paragraph(say("terms.check.text"));
        page.end();
    }
    return page.finish((*sentences)("terms.title", Language::Japanese) + " – " + data.title);
}

base::Expected<std::string> noticeHtml(const ReportData& data) {
    const auto sentences = Sentences::load();
    if (!sentences) {
        return tl::unexpected(sentences.error());
    }
    const model::PurposeSheet& sheet = data.sheet;
    const std::array<const std::string*, 6> items{&sheet.newPurpose, &sheet.jointUse,     &sheet.jointItems,
                                                  &sheet.jointUsers, &sheet.jointPurpose, &sheet.responsible};
    HtmlPage page;
    for (const Language language : kLanguages) {
        const auto say = [&](const std::string& key) { return (*sentences)(key, language); };
        page.begin(code(language), say("notice.title"));
        page.paragraph(say("notice.intro"));
        std::vector<std::pair<std::string, std::string>> rows;
        for (std::size_t i = 0; i < items.size(); ++i) {
            rows.emplace_back(say("notice." + std::to_string(i + 1)),
                              items[i]->empty() ? say("notice.open") : *items[i]);
        }
        page.pairs(rows);
        page.end();
    }
    return page.finish((*sentences)("notice.title", Language::Japanese));
}

} // namespace kamei::release
