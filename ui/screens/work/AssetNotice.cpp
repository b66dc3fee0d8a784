#include "ui/screens/work/AssetNotice.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <algorithm>

#include "ui/screens/work/Breakable.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"

namespace kamei::ui::screens::work {
namespace {

using model::AssetState;

// The bar stands above what has to be looked at: it names the first ones and leaves room for the viewer.
constexpr std::size_t kNamedResiduals = 3;
constexpr qsizetype kLongestNote = 280;

/// One residual and the file it is in, counted from 1.
struct Place {
    model::Residual residual;
    std::size_t file = 1;
};

} // namespace

/// What was read of the asset.
struct AssetNotice::News {
    job::AssetRow row;
    std::size_t files = 0;
    std::vector<Place> first; ///< at most kNamedResiduals
    std::int64_t residuals = 0;
    std::optional<model::Confirmation> review; ///< the last one

    [[nodiscard]] static std::shared_ptr<const News> read(const job::Session& session, base::AssetId id);
    [[nodiscard]] bool excluded() const { return row.asset.state == AssetState::Excluded; }
    [[nodiscard]] bool left() const { return !excluded() && residuals > 0; }
    [[nodiscard]] bool sentBack() const { return row.asset.state == AssetState::SentBack; }
};

std::shared_ptr<const AssetNotice::News> AssetNotice::News::read(const job::Session& session,
                                                                 base::AssetId id) {
    auto row = session.asset(id);
    if (!row || !*row) {
        return nullptr;
    }
    auto news = std::make_shared<News>();
    news->row = std::move(**row);
    news->residuals = news->row.residuals;
    if (news->sentBack()) {
        if (auto review = session.confirmation(id)) {
            news->review = std::move(*review);
        }
    }
    const auto staged = news->residuals > 0 ? session.staged(id) : std::vector<model::StagedFile>{};
    if (!staged) {
        return news;
    }
    news->files = staged->size();
    std::int64_t found = 0;
    for (std::size_t file = 0; file < staged->size(); ++file) {
        for (const model::Residual& residual : (*staged)[file].residuals) {
            ++found;
            if (news->first.size() < kNamedResiduals) {
                news->first.push_back({residual, file + 1});
            }
        }
    }
    news->residuals = std::max(found, news->residuals);
    return news;
}

AssetNotice::AssetNotice(shell::AppContext& context, QWidget* parent)
    : QFrame(parent), m_context(context), m_badIcon(style::iconLabel(QStringLiteral("warn"), "bad", 18)),
      m_warnIcon(style::iconLabel(QStringLiteral("info"), "warn", 18)), m_words(style::label("smalltext")) {
    setObjectName(QStringLiteral("assetNotice"));
    m_words->setObjectName(QStringLiteral("assetNoticeWords"));
    m_words->setTextFormat(Qt::RichText);
    m_words->setWordWrap(true);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(8);
    row->addWidget(m_badIcon, 0, Qt::AlignTop);
    row->addWidget(m_warnIcon, 0, Qt::AlignTop);
    row->addWidget(m_words, 1);
    connect(&context, &shell::AppContext::changed, this, [this](const job::Change& change) {
        if (m_asset.valid() && (!change.asset.valid() || change.asset == m_asset)) {
            look();
        }
    });
    connect(&style::Theme::instance(), &style::Theme::changed, this, &AssetNotice::say);
    hide();
}

void AssetNotice::setAsset(base::AssetId asset) {
    if (asset != m_asset) {
        m_asset = asset;
        m_news.reset();
        say();
    }
    look();
}

void AssetNotice::look() {
    ++m_generation;
    const auto session = m_context.session();
    if (!session || !m_asset.valid()) {
        return;
    }
    m_context.runner().look(
        this, [session, asset = m_asset] { return News::read(*session, asset); },
        [this, generation = m_generation](std::shared_ptr<const News> news) {
            if (generation == m_generation) {
                m_news = std::move(news);
                say();
            }
        });
}

QString AssetNotice::places() const {
    QStringList named;
    for (const Place& place : m_news->first) {
        const model::Residual& residual = place.residual;
        const QString where = residual.place.empty()
                                  ? tr("byte %1").arg(text::number(static_cast<qint64>(residual.byteOffset)))
                                  : text::fromUtf8(residual.place);
        QString words = tr("%1 as %2, %3")
                            .arg(text::identifierKindName(residual.kind),
                                 text::fromUtf8(residual.encoding).toUpper(), where);
        if (m_news->files > 1) {
            words += tr(" of file %1").arg(text::number(static_cast<qint64>(place.file)));
        }
        named << words;
    }
    const std::int64_t others = m_news->residuals - static_cast<std::int64_t>(m_news->first.size());
    if (others > 0 && !m_news->first.empty()) {
        named << tr("and %n others", nullptr, static_cast<int>(others));
    }
    return named.join(QStringLiteral(" · "));
}

void AssetNotice::say() {
    QStringList paragraphs;
    QString name;
    const bool bad = m_news && m_news->left();
    const auto add = [&](const QString& what, const QStringList& rest) {
        const QColor ink = bad && paragraphs.isEmpty() ? style::tokens().bad : style::tokens().warn;
        paragraphs << QStringLiteral("<b><span style=\"color:%1\">%2</span></b>&ensp;%3")
                          .arg(ink.name(), breakable(what).toHtmlEscaped(),
                               breakable(rest.join(QStringLiteral(" "))).toHtmlEscaped());
        name = name.isEmpty() ? what : name + QLatin1Char(' ') + what;
    };
    QString whole;
    if (bad) {
        add(tr("%n identifier(s) left after processing", nullptr, static_cast<int>(m_news->residuals)),
            {tr("%1.").arg(places()),
             m_news->row.stale
                 ? tr("Decisions changed since then: process again to see whether it is gone.")
                 : tr("Select the text and add a finding, or change the decision on it, then process "
                      "again.")});
    }
    if (m_news && m_news->sentBack()) {
        const auto& review = m_news->review;
        const QString note = review ? text::fromUtf8(review->note).simplified() : QString();
        whole = note.size() > kLongestNote ? note : QString();
        add(review
                ? tr("Sent back by %1, %2").arg(text::fromUtf8(review->reviewer), text::dateTime(review->at))
                : tr("Sent back"),
            {tr("“%1”").arg(whole.isEmpty() ? note : note.left(kLongestNote) + QStringLiteral("…")),
             tr("Correct it, then process again.")});
    }
    if (m_news && m_news->excluded()) {
        add(tr("Excluded from the release"), {tr("Its files are not released; the report names it with the "
                                                 "reason. The menu at the right above "
                                                 "takes it back.")});
    }
    m_badIcon->setVisible(bad);
    m_warnIcon->setVisible(!bad);
    style::setProperty(this, "surface", bad ? "bad" : "warn");
    const QString words = paragraphs.join(QStringLiteral("<br>"));
    const bool news = words != m_words->text() && !words.isEmpty();
    m_words->setText(words);
    m_words->setToolTip(whole.toHtmlEscaped());
    setAccessibleName(name);
    setVisible(!words.isEmpty());
    if (news) {
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
}

void AssetNotice::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) {
        say();
    }
    QFrame::changeEvent(event);
}

} // namespace kamei::ui::screens::work
