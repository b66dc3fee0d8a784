#include <QLabel>
#include <QTest>

#include "ui/screens/confirm/ConfirmPanel.h"

using namespace kamei;
using model::Action;
using model::Category;
using model::DecisionState;
using ui::screens::confirm::ConfirmFacts;
using ui::screens::confirm::ConfirmPanel;

namespace {

model::Finding finding(const char* label, Category category, DecisionState state, Action suggested) {
    model::Finding made;
    made.label = label;
    made.category = category;
    made.state = state;
    made.suggested = suggested;
    made.action = suggested;
    return made;
}

} // namespace

/// What whoever confirms is told of an asset.
class TestConfirmPanel : public QObject {
    Q_OBJECT
private slots:
    /// Guideline 5.2.2: what was found and stays is looked at too, whether a person or the policy left it.
    void whatStaysIsNamed() {
        ConfirmFacts facts;
        facts.findings = {
            finding("PATIENT_NAME", Category::Identifier, DecisionState::Accepted, Action::Delete),
            finding("AGE", Category::QuasiIdentifier, DecisionState::Open, Action::Keep),
            finding("SEX", Category::QuasiIdentifier, DecisionState::Accepted, Action::Keep),
            finding("SEX", Category::QuasiIdentifier, DecisionState::Accepted, Action::Keep),
            finding("EXAM_ID", Category::LinkingCode, DecisionState::Rejected, Action::Delete),
        };
        ConfirmPanel panel;
        panel.show(facts);
        QStringList told;
        for (const QLabel* line : panel.findChildren<QLabel*>("stays")) {
            told << line->text();
        }
        QCOMPARE(told.size(), 2);
        const QString quasi = told.filter("Quasi-identifier").value(0);
        QVERIFY2(quasi.contains('3') && quasi.endsWith(": Age, Sex"), qPrintable(quasi));
        const QString linking = told.filter("Linking code").value(0);
        QVERIFY2(linking.contains('1') && !linking.contains("Sex"), qPrintable(linking));
    }

    void whereAllIsChangedNothingStays() {
        ConfirmFacts facts;
        facts.findings = {finding("PATIENT_NAME", Category::Identifier, DecisionState::Open, Action::Delete)};
        ConfirmPanel panel;
        panel.show(facts);
        QVERIFY(panel.findChildren<QLabel*>("stays").isEmpty());
    }
};

QTEST_MAIN(TestConfirmPanel)
#include "TestConfirmPanel.moc"
