#include <algorithm>
#include <array>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "core/release/Html.h"
#include "core/release/Report.h"
#include "core/release/ReportRows.h"
#include "core/release/Sentences.h"

namespace kamei::release {
namespace {

using Rows = std::vector<std::vector<std::string>>;

// 1234567 -> 1,234,567
std::string grouped(std::int64_t value) {
    std::string digits = std::to_string(value);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (value < 0 ? 1 : 0); at -= 3) {
        digits.insert(static_cast<std::size_t>(at), ",");
    }
    return digits;
}

std::string moment(base::TimeMs time) {
    if (time == 0) {
        return "–";
    }
    std::string text = base::iso8601(time); // 2026-11-21T09:48:12.345Z
    text.resize(16);
    text[10] = ' ';
    return text + " UTC";
}

} // namespace

std::vector<std::pair<std::string, std::string>> samplePairs(const ReportData::Sample& sample,
                                                             const Sentences& sentences, Language language) {
    const auto percent = [](double share) {
        std::array<char, 32> text{};
        std::snprintf(text.data(), text.size(), "%.2f %%", share * 100);
        return std::string(text.data());
    };
    const auto say = [&](std::string_view key) { return sentences(key, language); };
    const double population = static_cast<double>(std::max<std::int64_t>(1, sample.population));
    return {{say("report.sample-drawn"),
             grouped(sample.judged) + " / " + grouped(sample.drawn) + " / " + grouped(sample.population)},
            {say("report.sample-leaks"), grouped(sample.leaks)},
            {say("report.sample-confidence"), percent(sample.confidence)},
            {say("report.sample-bound"), "≤ " + percent(static_cast<double>(sample.bound) / population) +
                                             " (" + grouped(sample.bound) + ")"},
            {say("report.sample-rate"), "≤ " + percent(sample.rate)}};
}

namespace {

/// One part of the report, in one language.
class Part {
public:
    Part(HtmlPage& page, const ReportData& data, const Sentences& sentences, Language language)
        : m_page(page), m_data(data), m_sentences(sentences), m_language(language) {}

    void write() {
        m_page.begin(m_language == Language::Japanese ? "ja" : "en", say("report.title"));
        m_page.paragraph(say("report.basis"), "note");
        head();
        contents();
        steps();
        m_page.heading(say("report.measures"));
        pictures();
        rules(m_data.rules);
        openItems();
        residual();
        confirmation();
        risk();
        deleted();
        m_page.end();
    }

private:
    std::string say(std::string_view key) const { return m_sentences(key, m_language); }
    template <class Word> std::string say(std::string_view group, Word value) const {
        return say(std::string(group) + "." + std::string(model::word(value)));
    }

    void head() {
        std::string policy = m_data.policy.name;
        for (const std::string& option : m_data.policy.options) {
            policy += " +" + option;
        }
        m_page.pairs({{say("report.dataset"), m_data.title},
                      {say("report.purpose"), m_data.sheet.purpose},
                      {say("report.data-items"), m_data.sheet.dataItems},
                      {say("report.created"), moment(m_data.createdAt)},
                      {say("report.policy"), policy},
                      {say("report.rules"), m_data.rulesEdition},
                      {say("report.tool"), "Kamei " + m_data.toolVersion},
                      {say("report.audit-entries"), grouped(m_data.auditEntries)},
                      {say("report.audit"), m_data.auditHead}});
    }

    void contents() {
        m_page.heading(say("report.contents"));
        Rows rows;
        for (const ReportData::KindCount& kind : m_data.kinds) {
            rows.push_back({say("kind", kind.kind), grouped(kind.assets), grouped(kind.files)});
        }
        m_page.table({say("report.kind"), "#" + say("report.assets"), "#" + say("report.files")}, rows);
        m_page.pairs({{say("report.subjects"), grouped(m_data.subjects)},
                      {say("report.assets"), grouped(m_data.assets)},
                      {say("report.files"), grouped(m_data.files)},
                      {say("report.bytes"), grouped(static_cast<std::int64_t>(m_data.bytes))},
                      {say("report.excluded"), grouped(m_data.excludedAssets)},
                      {say("report.unreadable"), grouped(m_data.unreadableAssets)},
                      {say("report.deleted-assets"), grouped(m_data.deletedAssets)}});
    }

    void steps() {
        m_page.heading(say("report.steps"));
        Rows rows;
        for (std::size_t i = 0; i < m_data.steps.size(); ++i) {
            const ReportData::Step& step = m_data.steps[i];
            const std::string number = std::to_string(i + 1);
            rows.push_back({number, say("step." + number), grouped(step.done), grouped(step.total),
                            grouped(step.openRequired), grouped(step.openRecommended)});
        }
        m_page.table({"#", say("report.step"), "#" + say("report.done"), "#" + say("report.total"),
                      "#" + say("report.open-required"), "#" + say("report.open-recommended")},
                     rows);
    }

    void rules(const std::vector<RuleCount>& counts) {
        Rows rows;
        for (const RuleCount& count : counts) {
            const std::string& item = m_language == Language::Japanese ? count.itemJa : count.itemEn;
            rows.push_back({item.empty() ? count.rule : item, count.section, say("category", count.category),
                            say("requirement", count.requirement), say("action", count.action),
                            grouped(count.count)});
        }
        m_page.table({say("report.item"), say("report.section"), say("report.category"),
                      say("report.requirement"), say("report.action"), "#" + say("report.count")},
                     rows);
    }

    /// What was found, by category and requirement, and what was done with it.
    void pictures() {
        std::map<model::Category, std::int64_t> categories;
        std::map<model::Requirement, std::int64_t> requirements;
        std::map<model::Action, std::int64_t> actions;
        for (const RuleCount& count : m_data.rules) {
            categories[count.category] += count.count;
            requirements[count.requirement] += count.count;
            actions[count.action] += count.count;
        }
        const auto draw = [&](std::string_view title, std::string_view group, const auto& counts) {
            std::vector<std::pair<std::string, std::int64_t>> bars;
            for (const auto& [word, count] : counts) {
                bars.emplace_back(say(group, word), count);
            }
            m_page.paragraph(say(title), "note");
            m_page.bars(bars);
        };
        draw("report.by-category", "category", categories);
        draw("report.by-requirement", "requirement", requirements);
        draw("report.by-action", "action", actions);
    }

    void openItems() {
        m_page.heading(say("report.unfinished"));
        const auto open = unfinished(m_data);
        open.empty() ? m_page.paragraph(say("report.unfinished-none")) : rules(open);
        m_page.heading(say("report.overruled"));
        const auto against = overruled(m_data);
        if (against.empty()) {
            m_page.paragraph(say("report.overruled-none"));
        } else {
            rules(against);
            m_page.paragraph(say("report.overruled-note"), "note");
        }
        m_page.pairs({{say("report.left-in"), grouped(m_data.leftIn)},
                      {say("report.left-in-places"), grouped(m_data.leftInPlaces)}});
    }

    void residual() {
        m_page.heading(say("report.residual"));
        m_page.paragraph(say("report.residual-text"));
        m_page.pairs({{say("report.residual-files"), grouped(m_data.searchedFiles)},
                      {say("report.residual-identifiers"), grouped(m_data.searchedIdentifiers)},
                      {say("report.residual-found"), grouped(m_data.residuals)}});
    }

    void confirmation() {
        m_page.heading(say("report.confirmation"));
        if (m_data.confirmedAssets == 0) {
            m_page.paragraph(say("report.confirmation-none"));
        } else {
            m_page.paragraph(say(m_data.confirmedAssets < m_data.assets ? "report.confirmation-part"
                                                                        : "report.confirmation-text"));
            confirmedBy();
        }
        sample();
    }

    void confirmedBy() {
        Rows rows;
        for (const ReportData::Reviewer& reviewer : m_data.reviewers) {
            rows.push_back({reviewer.name, reviewer.fingerprint.empty() ? "–" : reviewer.fingerprint,
                            grouped(reviewer.assets), grouped(reviewer.signedAssets)});
        }
        m_page.table({say("report.reviewer"), say("report.key"), "#" + say("report.confirmed-assets"),
                      "#" + say("report.signed-assets")},
                     rows);
        m_page.pairs({{say("report.confirmed-assets"), grouped(m_data.confirmedAssets)},
                      {say("report.first-confirmed"), moment(m_data.firstConfirmedAt)},
                      {say("report.second-confirmed"), grouped(m_data.secondConfirmed)},
                      {say("report.last-confirmed"), moment(m_data.lastConfirmedAt)}});
    }

    void sample() {
        m_page.heading(say("report.sample"));
        if (!m_data.sample) {
            m_page.paragraph(say("report.sample-none"));
            return;
        }
        m_page.paragraph(say("report.sample-text"), "note");
        m_page.pairs(samplePairs(*m_data.sample, m_sentences, m_language));
    }

    void risk() {
        m_page.heading(say("report.risk"));
        m_page.pairs({{say("report.singled-out"), grouped(m_data.singledOut)},
                      {say("report.singled-out-reason"), grouped(m_data.singledOutWithReason)}});
    }

    void deleted() {
        m_page.heading(say("report.deleted"));
        if (!m_data.sheet.keepDeletedInformation) {
            m_page.paragraph(say("report.deleted-destroyed"));
            return;
        }
        m_page.paragraph(
            say("report.deleted-kept")); // the reason stays in the workspace: people may name people in it
        m_page.pairs({{say("report.kept-until"), m_data.sheet.keepUntil}});
    }

    HtmlPage& m_page;
    const ReportData& m_data;
    const Sentences& m_sentences;
    Language m_language;
};

} // namespace

base::Expected<std::string> reportHtml(const ReportData& data) {
    const auto sentences = Sentences::load();
    if (!sentences) {
        return tl::unexpected(sentences.error());
    }
    HtmlPage page;
    for (const Language language : {Language::Japanese, Language::English}) {
        Part(page, data, *sentences, language).write();
    }
    return page.finish((*sentences)("report.title", Language::Japanese) + " – " + data.title);
}

} // namespace kamei::release
