#include "ui/screens/work/MethodDialog.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>
#include <cmath>

#include "core/transform/table/Numbers.h"
#include "core/transform/table/Treatment.h"
#include "ui/models/ColumnProfile.h"
#include "ui/style/Theme.h"
#include "ui/style/Widgets.h"
#include "ui/tasks/TaskRunner.h"
#include "ui/text/Words.h"
#include "ui/views/table/ProfileView.h"

namespace kamei::ui::screens::work {
namespace {

using model::Action;
using model::Method;
namespace table = transform::table;

constexpr int kPause = 250; // ms without a key before the column is processed again
constexpr double kMost = 1e9;

/// What one try gives: worked out beside the window.
struct Tried {
    models::ColumnProfile before;
    models::ColumnProfile after;
    table::ColumnLoss loss;
};

Tried trial(const std::vector<std::string>& cells, Action action, const Method& method) {
    // Another key than the workspace's: the picture is the same, and no number of the real run is shown.
    const auto key = transform::pseudonym::Key::random();
    transform::pseudonym::Random random(key, {"trial"});
    const table::Treated treated = table::treat({cells, action, method, false}, random);
    return {models::ColumnProfile::of(cells), models::ColumnProfile::of(treated.cells),
            table::lossOf(cells, treated.cells)};
}

/// Four digits; what is only the rounding of a sum is nothing.
QString rounded(double value) {
    constexpr double kNothing = 1e-9;
    return QString::number(std::abs(value) < kNothing ? 0 : value, 'g', 4);
}

} // namespace

MethodDialog::MethodDialog(shell::AppContext& context, const QString& column, Action action,
                           std::vector<std::string> cells, const Method& method, QWidget* parent)
    : QDialog(parent), m_context(context), m_column(column), m_action(action),
      m_cells(std::make_shared<const std::vector<std::string>>(std::move(cells))), m_form(new QFormLayout),
      m_before(new views::table::ProfileView), m_after(new views::table::ProfileView),
      m_loss(style::label("")), m_ok(style::button("primary")), m_wait(new QTimer(this)) {
    setObjectName(QStringLiteral("methodDialog"));
    setWindowTitle(text::actionName(action));
    const auto px = [](int at) { return style::Theme::instance().px(at); };
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(24, 20, 24, 20);
    whole->setSpacing(12);
    whole->addWidget(style::label("page", tr("%1: %2").arg(column, text::actionName(action))));
    m_form->setHorizontalSpacing(16);
    whole->addLayout(m_form);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(12);
    for (views::table::ProfileView* view : {m_before, m_after}) {
        view->setFixedSize(px(320), px(190));
        sides->addWidget(view);
    }
    m_after->setObjectName(QStringLiteral("method.after"));
    whole->addLayout(sides);
    m_loss->setWordWrap(true);
    m_loss->setObjectName(QStringLiteral("method.loss"));
    m_loss->setMinimumHeight(px(40));
    whole->addWidget(m_loss);
    auto* source = style::label(
        "small", tr("Guideline 4.7.2. What is no number is emptied where the method needs one."));
    source->setWordWrap(true);
    whole->addWidget(source);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    auto* cancel = style::button("", tr("Cancel"));
    m_ok->setText(tr("Decide"));
    m_ok->setObjectName(QStringLiteral("method.ok"));
    m_ok->setDefault(true);
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_ok);
    whole->addLayout(buttons);
    m_wait->setSingleShot(true);
    m_wait->setInterval(kPause);
    connect(m_wait, &QTimer::timeout, this, &MethodDialog::tryIt);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_ok, &QPushButton::clicked, this, &QDialog::accept);
    buildForm(method);
    showFields();
    tryIt();
}

QDoubleSpinBox* MethodDialog::number(double value, double least, double most, const QString& name) {
    auto* box = new QDoubleSpinBox;
    box->setDecimals(table::decimalsOf(value) > 0 ? 3 : 2);
    box->setRange(least, most);
    box->setValue(value);
    box->setObjectName(QStringLiteral("method.number"));
    box->setAccessibleName(name);
    connect(box, &QDoubleSpinBox::valueChanged, this, &MethodDialog::change);
    return box;
}

void MethodDialog::buildForm(const Method& method) {
    const auto choice = [this](const QString& name, const QStringList& words, int current) {
        m_choice = new QComboBox;
        m_choice->addItems(words);
        m_choice->setCurrentIndex(current);
        m_choice->setObjectName(QStringLiteral("method.choice"));
        m_choice->setAccessibleName(name);
        connect(m_choice, &QComboBox::currentIndexChanged, this, [this] {
            showFields();
            change();
        });
        m_form->addRow(name, m_choice);
    };
    const auto add = [this](const QString& name, double value, double least, double most) {
        m_number = number(value, least, most, name);
        m_form->addRow(name, m_number);
    };
    switch (m_action) {
    case Action::Generalise:
        choice(tr("Into"),
               {tr("multiples (rounded)"), tr("bands, for example 40-49"), tr("year and month"), tr("year")},
               static_cast<int>(method.coarser.value_or(Method::Coarser::Multiple)));
        add(tr("Width"), method.width > 0 ? method.width : 10, 0.001, kMost);
        break;
    case Action::TopCode:
        add(tr("Values above it become"),
            method.bound.value_or(table::usualBound(*m_cells, m_action).value_or(90)), -kMost, kMost);
        break;
    case Action::BottomCode:
        add(tr("Values below it become"),
            method.bound.value_or(table::usualBound(*m_cells, m_action).value_or(0)), -kMost, kMost);
        break;
    case Action::Microaggregate:
        m_size = new QSpinBox;
        m_size->setRange(2, 1000);
        m_size->setValue(method.size);
        m_size->setObjectName(QStringLiteral("method.size"));
        m_size->setAccessibleName(tr("People in a group, at least"));
        connect(m_size, &QSpinBox::valueChanged, this, &MethodDialog::change);
        m_form->addRow(tr("People in a group, at least"), m_size);
        m_with = new QLineEdit(text::fromUtf8(method.with));
        m_with->setObjectName(QStringLiteral("method.with"));
        m_with->setAccessibleName(tr("Grouped together with"));
        m_with->setPlaceholderText(tr("a word; columns with the same word share their groups"));
        m_form->addRow(tr("Grouped together with"), m_with);
        break;
    case Action::Swap:
        add(tr("Within this share of the ranks, %"), method.window, 0.1, 100);
        break;
    default:
        choice(tr("Distribution"), {tr("normal"), tr("Laplace"), tr("uniform")},
               static_cast<int>(method.distribution));
        add(tr("Standard deviation"), method.scale.value_or(table::usualScale(*m_cells).value_or(1)), 0.001,
            kMost);
        break;
    }
}

void MethodDialog::showFields() {
    if (m_action == Action::Generalise) {
        m_number->setEnabled(m_choice->currentIndex() <= static_cast<int>(Method::Coarser::Band));
    }
}

Method MethodDialog::method() const {
    Method out;
    switch (m_action) {
    case Action::Generalise:
        out.coarser = static_cast<Method::Coarser>(m_choice->currentIndex());
        out.width = m_number->isEnabled() ? m_number->value() : 0;
        break;
    case Action::TopCode:
    case Action::BottomCode:
        out.bound = m_number->value();
        break;
    case Action::Microaggregate:
        out.size = m_size->value();
        out.with = m_with->text().trimmed().toStdString();
        break;
    case Action::Swap:
        out.window = m_number->value();
        break;
    default:
        out.distribution = static_cast<Method::Distribution>(m_choice->currentIndex());
        out.scale = m_number->value();
        break;
    }
    return out;
}

void MethodDialog::change() {
    ++m_generation; // what is being worked out is old already
    m_wait->start();
}

void MethodDialog::tryIt() {
    m_context.runner().look(
        this,
        [cells = m_cells, action = m_action, method = method()] { return trial(*cells, action, method); },
        [this, generation = m_generation](const Tried& tried) {
            if (generation == m_generation) {
                m_before->setProfile(tr("Before"), tried.before);
                m_after->setProfile(tr("After"), tried.after);
                showLoss(tried.loss);
            }
        });
}

void MethodDialog::showLoss(const table::ColumnLoss& loss) {
    QStringList words;
    words << tr("%1 of %2 values change").arg(text::number(loss.changed), text::number(loss.filled));
    if (loss.removed > 0) {
        words << tr("%1 are emptied").arg(text::number(loss.removed));
    }
    words << tr("different values %1 → %2")
                 .arg(text::number(loss.distinctBefore), text::number(loss.distinctAfter));
    if (loss.numeric) {
        words << tr("mean %1 → %2").arg(rounded(loss.numeric->meanBefore), rounded(loss.numeric->meanAfter));
        words << tr("standard deviation %1 → %2")
                     .arg(rounded(loss.numeric->deviationBefore), rounded(loss.numeric->deviationAfter));
        words << tr("lost: %1 % of the variance").arg(QString::number(100 * loss.numeric->lost, 'f', 1));
    }
    m_loss->setText(words.join(QStringLiteral(" · ")));
}

} // namespace kamei::ui::screens::work
