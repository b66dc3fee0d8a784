#include <CLI/CLI.hpp>

#include "app/cli/Commands.h"
#include "app/cli/Pdf.h"
#include "core/base/FileIo.h"
#include "core/guideline/Advisor.h"
#include "core/job/Assessment.h"
#include "core/job/Minimisation.h"
#include "core/release/Papers.h"

namespace kamei::app::cli {
namespace {

using Opened = base::Expected<std::shared_ptr<job::Session>>;

struct Options {
    std::string workspace;
    std::string out;
    bool json = false;
    guideline::Situation situation;
};

Exit runAdvise(const Options& options) {
    const auto advisor = guideline::Advisor::load();
    const auto advice = advisor ? advisor->advise(options.situation) : tl::unexpected(advisor.error());
    if (!advice) {
        return report(advice.error());
    }
    if (!options.json) {
        printCells({"basis", "verdict", "section", "text"});
    }
    for (const guideline::Advice& one : *advice) {
        if (options.json) {
            printLine({{"id", one.id},
                       {"basis", one.basis},
                       {"verdict", one.verdict},
                       {"section", one.section},
                       {"ja", one.ja},
                       {"en", one.en}});
        } else {
            printCells({one.basis, one.verdict, one.section, std::string(say(one.en, one.ja))});
        }
    }
    tell(say("This is no legal advice; the guideline itself and the Act decide.",
             "これは法的助言ではありません。ガイドライン本文と法令を確認してください。"));
    return Exit::Done;
}

base::Expected<void> writeBoth(const std::filesystem::path& folder, const std::string& name,
                               const base::Expected<std::string>& html) {
    if (!html) {
        return tl::unexpected(html.error());
    }
    if (auto done = base::writeFileAtomically(folder / (name + ".html"), *html); !done) {
        return done;
    }
    const auto pdf = pdfFromHtml(*html);
    if (!pdf) {
        // A program without Qt prints no PDF; the pages are made for print as they are.
        return pdf.error().code == base::ErrorCode::NotPossible ? base::Expected<void>()
                                                                : tl::unexpected(pdf.error());
    }
    return base::writeFileAtomically(folder / (name + ".pdf"), *pdf);
}

Exit runPapers(const Options& options) {
    const Opened session = job::Session::open(options.workspace, job::OpenMode::ReadOnly);
    if (!session) {
        return report(session.error());
    }
    const auto data = job::reportData(**session);
    const auto items = job::keptItems(**session);
    if (!data || !items) {
        return report(data ? items.error() : data.error());
    }
    const auto situation = release::situationOf(data->sheet);
    const auto advisor = guideline::Advisor::load();
    const auto advice = advisor ? advisor->advise(situation) : tl::unexpected(advisor.error());
    if (!advice) {
        return report(advice.error());
    }
    const std::filesystem::path folder = std::filesystem::absolute(options.out);
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    const std::pair<const char*, base::Expected<std::string>> pages[]{
        {"notice", release::noticeHtml(*data)},
        {"terms", release::termsHtml(*data)},
        {"contract", release::contractHtml(data->sheet)},
        {"duties", release::dutiesHtml()},
        {"basis", release::basisHtml(situation, *advice)},
        {"minimisation", release::minimisationHtml(data->sheet, *items)}};
    for (const auto& [name, html] : pages) {
        if (auto done = writeBoth(folder, name, html); !done) {
            return std::max(report(done.error()), Exit::Io);
        }
    }
    tell(std::string(say("Papers written: ", "作成した文書: ")) + std::to_string(std::size(pages)));
    return Exit::Done;
}

template <std::size_t N> std::vector<std::string> words(const std::array<std::string_view, N>& list) {
    return {list.begin(), list.end()};
}

} // namespace

void addPaperCommands(CLI::App& app, Chosen& chosen) {
    auto options = std::make_shared<Options>();
    CLI::App* const advise = app.add_subcommand(
        "advise", "what the guideline says of a legal basis (2.4 to 2.6, 6.5, 6.6.2); no legal advice");
    guideline::Situation& situation = options->situation;
    advise->add_option("--provider", situation.provider, "who provides")
        ->check(CLI::IsMember(words(guideline::kProviders)));
    advise->add_option("--stage", situation.stage, "stage of 6.4")
        ->check(CLI::IsMember(words(guideline::kStages)));
    advise->add_option("--aim", situation.aim, "for what")->check(CLI::IsMember(words(guideline::kAims)));
    advise->add_option("--recipient", situation.recipient, "to whom")
        ->check(CLI::IsMember(words(guideline::kRecipients)));
    advise->add_flag("--json", options->json, "one JSON object a line; else tab-separated columns");
    advise->callback([&chosen, options] { chosen = [options] { return runAdvise(*options); }; });
    CLI::App* const papers = app.add_subcommand(
        "papers",
        "write notice, terms, contract checklist, duties, legal basis and what is kept, as HTML and PDF");
    papers->add_option("workspace", options->workspace, "workspace folder")->required();
    papers->add_option("--out", options->out, "folder to write into")->required();
    papers->callback([&chosen, options] { chosen = [options] { return runPapers(*options); }; });
}

} // namespace kamei::app::cli
