#include "ui/text/TitleWords.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include "ui/text/Words.h"

namespace kamei::ui::text {
namespace {

struct Titles {
    Q_DECLARE_TR_FUNCTIONS(Titles)
};

/// The words of a made title; empty where it is not one.
QString madeTitle(model::AssetKind kind, const QString& title) {
    using Kind = model::AssetKind;
    static const QRegularExpression slide(QStringLiteral(R"(^Slide (\d+) x (\d+)$)"));
    static const QRegularExpression video(QStringLiteral(R"(^(\S+) (\d+) x (\d+), ([\d.]+) s$)"));
    static const QRegularExpression image(QStringLiteral(R"(^(.+) (\d+) x (\d+)$)"));
    static const QRegularExpression volume(QStringLiteral(R"(^(\S+) (\d+) x (\d+) x (\d+)$)"));
    static const QRegularExpression pdf(QStringLiteral(R"(^PDF (\d+) p\.$)"));
    if (kind == Kind::Slide) {
        if (const auto found = slide.match(title); found.hasMatch()) {
            return Titles::tr("Slide %1 × %2").arg(found.captured(1), found.captured(2));
        }
    } else if (kind == Kind::Video) {
        if (const auto found = video.match(title); found.hasMatch()) {
            return Titles::tr("Video %2 × %3, %4 s (%1)")
                .arg(found.captured(1), found.captured(2), found.captured(3), found.captured(4));
        }
    } else if (kind == Kind::Image) {
        if (const auto found = image.match(title); found.hasMatch()) {
            return Titles::tr("%1 picture %2 × %3")
                .arg(found.captured(1), found.captured(2), found.captured(3));
        }
    } else if (kind == Kind::Volume) {
        if (const auto found = volume.match(title); found.hasMatch()) {
            return Titles::tr("%1 volume %2 × %3 × %4")
                .arg(found.captured(1), found.captured(2), found.captured(3), found.captured(4));
        }
    } else if (kind == Kind::Pdf) {
        if (const auto found = pdf.match(title); found.hasMatch()) {
            return Titles::tr("PDF, %n pages", nullptr, found.captured(1).toInt());
        }
    } else if (kind == Kind::Genome && title == QLatin1String("Sequences")) {
        return Titles::tr("Sequences");
    }
    return {};
}

} // namespace

QString assetTitle(const model::Asset& asset) {
    const QString title = fromUtf8(asset.title);
    if (title.isEmpty()) {
        return kindName(asset.kind);
    }
    const QString made = madeTitle(asset.kind, title);
    return made.isEmpty() ? title : made;
}

} // namespace kamei::ui::text
