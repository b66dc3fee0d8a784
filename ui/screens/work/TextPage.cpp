#include "ui/screens/work/TextPage.h"

#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include "core/intake/encoding/Encoding.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"
#include "ui/views/text/FindBar.h"
#include "ui/views/text/TextView.h"

namespace kamei::ui::screens::work {

using views::text::Form;
using views::text::Highlights;
using views::text::PaperText;
using views::text::TextView;

struct TextPage::Loaded {
    std::shared_ptr<const job::ShownText> source; ///< before processing
    std::shared_ptr<const PaperText> paper;
    Highlights highlights;
    std::optional<base::Error> error;
};

TextPage::TextPage(shell::AppContext& context, QWidget* parent)
    : QWidget(parent), m_context(context), m_find(new views::text::FindBar),
      m_both(new QSplitter(Qt::Horizontal)), m_before(new TextView), m_after(new TextView) {
    m_before->setObjectName(QStringLiteral("textBefore"));
    m_after->setObjectName(QStringLiteral("textAfter"));
    m_both->addWidget(m_before);
    m_both->addWidget(m_after);
    m_both->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_find);
    column->addWidget(m_both, 1);
    connect(m_before, &TextView::findingClicked, this, &TextPage::findingSelected);
    connect(m_after, &TextView::findingClicked, this, &TextPage::findingSelected);
    connect(m_before, &TextView::selectionMade, this, &TextPage::mark);
    const auto follow = [this](TextView* from, TextView* to) {
        connect(from, &TextView::firstRowChanged, this, [this, to](int row) {
            if (m_sides == Sides::Both && !std::exchange(m_scrolling, true)) {
                to->showRow(row);
                m_scrolling = false;
            }
        });
    };
    follow(m_before, m_after);
    follow(m_after, m_before);
    connect(m_find, &views::text::FindBar::needleChanged, this, [this](const QString& needle) {
        m_before->setNeedle(needle);
        m_after->setNeedle(needle);
    });
    connect(m_find, &views::text::FindBar::nextWanted, this, [this](bool forward) {
        TextView* view = m_sides == Sides::After ? m_after : m_before;
        m_find->showFound(view->findNext(forward));
    });
    connect(m_find, &views::text::FindBar::closed, this,
            [this] { (m_sides == Sides::After ? m_after : m_before)->setFocus(Qt::OtherFocusReason); });
    showSides();
}

void TextPage::open(const model::Asset& asset, std::vector<model::Finding> findings) {
    ++m_generation;
    m_asset = asset;
    m_findings = std::move(findings);
    m_source.reset();
    m_current = {};
    m_afterStale = true;
    m_before->clear();
    m_after->clear();
    load(job::Side::Before, false);
    if (m_sides != Sides::Before) {
        load(job::Side::After, false);
    }
}

void TextPage::update(std::vector<model::Finding> findings) {
    m_findings = std::move(findings);
    m_afterStale = true;
    if (m_before->paper()) {
        // Marks alone: the text before processing never changes. Off the GUI thread, there may be many.
        m_context.runner().look(
            this,
            [paper = m_before->paper(), rows = m_findings] {
                return views::text::highlightsOf(*paper, rows);
            },
            [this, generation = ++m_beforeGeneration, paper = m_before->paper()](Highlights highlights) {
                if (generation == m_beforeGeneration && paper == m_before->paper()) {
                    m_before->setHighlights(std::move(highlights));
                }
            });
    }
    if (m_sides != Sides::Before) {
        load(job::Side::After, true);
    }
}

void TextPage::clear() {
    ++m_generation;
    m_findings.clear();
    m_source.reset();
    m_before->clear();
    m_after->clear();
}

void TextPage::load(job::Side side, bool keepPlace) {
    const auto session = m_context.session();
    if (!session) {
        return;
    }
    const bool before = side == job::Side::Before;
    if (!before) {
        m_afterStale = false;
    }
    quint64& counter = before ? m_beforeGeneration : m_afterGeneration;
    m_context.runner().look(
        this,
        [session, asset = m_asset.id, side, form = m_form, findings = m_findings, source = m_source] {
            Loaded loaded;
            loaded.source = source;
            if (!loaded.source) {
                auto read = job::textOf(*session, asset, job::Side::Before);
                if (!read) {
                    loaded.error = read.error();
                    return loaded;
                }
                loaded.source = std::make_shared<const job::ShownText>(std::move(*read));
            }
            if (side == job::Side::Before) {
                loaded.paper = PaperText::make(loaded.source, form);
                loaded.highlights = views::text::highlightsOf(*loaded.paper, findings);
                return loaded;
            }
            auto after = job::textOf(*session, asset, job::Side::After);
            if (!after) {
                loaded.error = after.error();
                return loaded;
            }
            loaded.paper = PaperText::make(std::make_shared<job::ShownText>(std::move(*after)), form);
            loaded.highlights = views::text::writtenParts(*loaded.paper, *loaded.source, findings);
            return loaded;
        },
        [this, side, keepPlace, asset = m_generation, generation = ++counter](Loaded loaded) {
            const quint64 now = side == job::Side::Before ? m_beforeGeneration : m_afterGeneration;
            if (asset == m_generation && generation == now) {
                take(std::move(loaded), side, keepPlace);
            }
        });
}

void TextPage::take(Loaded loaded, job::Side side, bool keepPlace) {
    if (loaded.error) {
        emit failed(*loaded.error);
        return;
    }
    m_source = loaded.source;
    TextView* view = side == job::Side::Before ? m_before : m_after;
    view->setPaper(std::move(loaded.paper), std::move(loaded.highlights), keepPlace);
    if (m_current.valid()) {
        view->setCurrent(m_current, !keepPlace);
    }
    if (side == job::Side::Before) {
        emit factsChanged();
    } else if (m_sides == Sides::Both && keepPlace) {
        view->showRow(m_before->firstRow());
    }
}

void TextPage::setSides(Sides sides) {
    m_sides = sides;
    showSides();
    if (sides != Sides::Before && m_afterStale && m_asset.id.valid()) {
        load(job::Side::After, m_after->paper() != nullptr);
    }
    if (sides == Sides::Both) {
        m_after->showRow(m_before->firstRow());
    }
}

void TextPage::showSides() {
    m_before->setVisible(m_sides != Sides::After);
    m_after->setVisible(m_sides != Sides::Before);
    m_before->setAccessibleName(tr("Text before processing"));
    m_after->setAccessibleName(tr("Text after processing"));
    setFocusProxy(m_sides == Sides::After ? m_after : m_before);
}

void TextPage::setForm(Form form) {
    if (form == m_form) {
        return;
    }
    m_form = form;
    emit formChanged();
    if (m_asset.id.valid()) {
        load(job::Side::Before, false);
        if (m_sides != Sides::Before) {
            load(job::Side::After, false);
        }
    }
}

void TextPage::setCurrent(base::FindingId finding) {
    m_current = finding;
    if (m_before->paper() && finding.valid() && m_before->highlights().find(finding) == nullptr &&
        m_form == Form::Document) {
        for (const auto& row : m_findings) {
            const bool inText =
                row.locator.kind == model::Locator::Kind::Text && row.locator.end > row.locator.start;
            if (row.id == finding && inText &&
                !m_before->paper()->fromSource(row.locator.start, row.locator.end)) {
                setForm(Form::Source); // an attribute or code that the document form leaves out
                return;
            }
        }
    }
    m_before->setCurrent(finding);
    m_after->setCurrent(finding, m_sides == Sides::After);
}

void TextPage::find() {
    m_find->open();
}

QString TextPage::placeOf(const model::Finding& finding) const {
    if (!m_before->paper() || finding.locator.end <= finding.locator.start) {
        return {};
    }
    const auto range = m_before->paper()->fromSource(finding.locator.start, finding.locator.end);
    if (!range) {
        return {};
    }
    int row = m_before->paper()->rowAt(range->first);
    const auto& rows = m_before->paper()->rows();
    while (row > 0 && rows[static_cast<std::size_t>(row)].number == 0) {
        --row;
    }
    return tr("line %1").arg(ui::text::number(rows[static_cast<std::size_t>(row)].number));
}

QString TextPage::facts() const {
    if (!m_source) {
        return {};
    }
    return tr("%1 · %2 characters")
        .arg(ui::text::fromUtf8(intake::encoding::word(m_source->source.encoding())).toUpper(),
             ui::text::number(m_source->source.length()));
}

void TextPage::mark(int start, int end) {
    const auto& paper = m_before->paper();
    const auto range = paper ? paper->toSource(start, end) : std::nullopt;
    const QString text = paper ? paper->text().mid(start, end - start) : QString();
    if (!range || text.trimmed().isEmpty()) {
        return;
    }
    Marked marked;
    marked.draft.asset = m_asset.id;
    marked.draft.subject = m_asset.subject;
    marked.draft.text = paper->shown().source.slice(range->first, range->second);
    const auto locate = [&paper](int at, std::int64_t from, std::int64_t to) {
        model::Locator place;
        place.kind = model::Locator::Kind::Text;
        place.path = paper->pathAt(at).toStdString();
        place.start = from;
        place.end = to;
        return place;
    };
    marked.draft.locator = locate(start, range->first, range->second);
    if (text.size() >= 2) {
        for (auto at = paper->text().indexOf(text); at >= 0 && marked.elsewhere.size() < 500;
             at = paper->text().indexOf(text, at + text.size())) {
            const auto from = static_cast<int>(at);
            const auto there = paper->toSource(from, from + static_cast<int>(text.size()));
            // Places that already are a finding need no other.
            if (from != start && there && m_before->highlights().at(from).empty()) {
                marked.elsewhere.push_back(locate(from, there->first, there->second));
            }
        }
    }
    const QRect here = m_before->characterRect(start);
    marked.globalAt = QRect(m_before->viewport()->mapToGlobal(here.topLeft()), here.size());
    emit this->marked(marked);
}

} // namespace kamei::ui::screens::work
