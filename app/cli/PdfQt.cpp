#include <QBuffer>
#include <QGuiApplication>
#include <QPageSize>
#include <QPdfWriter>
#include <QTextDocument>

#include "app/cli/Pdf.h"

namespace kamei::app::cli {
namespace {

/// Dots an inch; what CSS calls a pixel is one of them, so that sizes in px and pt agree.
constexpr int kResolution = 96;

} // namespace

base::Expected<std::string> pdfFromHtml(const std::string& html) {
    // What Qt has to say of missing desktop settings is not for stderr.
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) {});
    // Drawing text needs fonts but no display.
    qputenv("QT_QPA_PLATFORM", "offscreen");
    int argc = 1;
    char name[] = "kamei-cli";
    char* argv[] = {name, nullptr};
    const QGuiApplication application(argc, argv);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    if (!buffer.open(QIODevice::WriteOnly)) {
        return base::fail(base::ErrorCode::IoError, "cli.pdf");
    }
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
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

} // namespace kamei::app::cli
