// PapersDialog: the papers as files.
#include <QBuffer>
#include <QFile>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>
#include <filesystem>

#include "core/base/FileIo.h"
#include "core/job/Assessment.h"
#include "core/job/Minimisation.h"
#include "ui/screens/release/PapersDialog.h"

namespace kamei::ui::screens {
namespace {

/// Dots an inch; what CSS calls a pixel is one of them, so that sizes in px and pt agree.
constexpr int kResolution = 96;

std::string pdfOf(const std::string& html) {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    {
        QPdfWriter writer(&buffer);
        writer.setResolution(kResolution);
        writer.setPageSize(QPageSize(QPageSize::A4));
        // QTextDocument keeps two centimetres free by itself.
        writer.setPageMargins({});
        writer.setCreator(QStringLiteral("Kamei " KAMEI_VERSION));
        QTextDocument document;
        document.setDefaultFont(QFont(QStringLiteral("Noto Sans CJK JP"), 10));
        document.setHtml(QString::fromStdString(html));
        document.print(&writer);
    }
    return bytes.toStdString();
}

} // namespace

base::Expected<void> writePapers(job::Session& session, const QString& folder) {
    const auto data = job::reportData(session);
    const auto items = job::keptItems(session);
    const auto advisor = guideline::Advisor::load();
    if (!data || !items || !advisor) {
        return tl::unexpected(!data ? data.error() : !items ? items.error() : advisor.error());
    }
    const guideline::Situation situation = release::situationOf(data->sheet);
    const auto advice = advisor->advise(situation);
    if (!advice) {
        return tl::unexpected(advice.error());
    }
    const std::filesystem::path out(QFile::encodeName(folder).toStdString());
    const std::pair<const char*, base::Expected<std::string>> pages[]{
        {"notice", release::noticeHtml(*data)},
        {"terms", release::termsHtml(*data)},
        {"contract", release::contractHtml(data->sheet)},
        {"duties", release::dutiesHtml()},
        {"basis", release::basisHtml(situation, *advice)},
        {"minimisation", release::minimisationHtml(data->sheet, *items)}};
    for (const auto& [name, html] : pages) {
        if (!html) {
            return tl::unexpected(html.error());
        }
        auto done = base::writeFileAtomically(out / (std::string(name) + ".html"), *html);
        if (done) {
            done = base::writeFileAtomically(out / (std::string(name) + ".pdf"), pdfOf(*html));
        }
        if (!done) {
            return done;
        }
    }
    return {};
}

} // namespace kamei::ui::screens
