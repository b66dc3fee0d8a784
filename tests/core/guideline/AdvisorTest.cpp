#include "core/guideline/Advisor.h"

#include <QFile>
#include <QTest>
#include <algorithm>
#include <set>

using namespace kamei::guideline;

namespace {

QString verdictOf(const std::vector<Advice>& advice, const std::string& id) {
    const auto found = std::ranges::find(advice, id, &Advice::id);
    return found == advice.end() ? QString() : QString::fromStdString(found->verdict);
}

QString fileText(const QString& name) {
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    return QString::fromUtf8(file.readAll());
}

} // namespace

class AdvisorTest : public QObject {
    Q_OBJECT

private slots:
    void says_data() {
        QTest::addColumn<QString>("situation");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("verdict"); // empty: not said
        const auto row = [](const char* rule, const char* situation, const char* id, const char* verdict) {
            QTest::newRow(rule) << situation << id << verdict;
        };
        row("2.4.3 figure 3A", "academic explore mixed joint", "academic-joint", "possible");
        row("2.4.3 figure 3A is not for others", "medical explore mixed joint", "academic-joint", "");
        row("2.4.3 figure 3B", "medical explore mixed joint", "academic-joint-medical", "possible");
        row("2.6.1 product alone", "academic develop product company", "academic-product", "difficult");
        row("2.6.2 public health", "medical develop product company", "health-company", "difficult");
        row("2.6.3 entrustment", "medical develop product company", "entrust", "difficult");
        row("2.6.4 joint use as it is", "medical develop product company", "joint-personal", "difficult");
        row("2.6.5 consent", "medical develop product company", "consent", "possible");
        row("3.2.4 joint use", "medical develop product company", "joint-pseudo", "possible");
        row("3.4 no circulation", "medical develop product company", "no-circulation", "forbidden");
        row("6.5.1 skip exploration", "medical explore product company", "explore-skip", "recommended");
        row("6.5.4 nothing academic any more", "academic dossier mixed company", "dossier-academic",
            "difficult");
        row("6.5.5 beyond the joint use", "academic application product pmda", "application-scope",
            "forbidden");
        row("6.5.6 inspection", "medical review product pmda", "review", "possible");
        row("6.5.7 retraining", "medical postmarket product company", "postmarket", "recommended");
        row("6.6.2 class 1", "medical explore academic joint", "ic-made", "possible");
        row("6.6.2 class 2", "medical evaluate product company", "ic-new", "required");
        row("6.6.2 ends with evaluation", "medical dossier product company", "ic-new", "");
        row("2.5.1 public health", "medical explore health own", "health-own", "possible");
    }
    void says() {
        QFETCH(QString, situation);
        QFETCH(QString, id);
        QFETCH(QString, verdict);
        const auto advisor = Advisor::load();
        QVERIFY(advisor.has_value());
        const QStringList words = situation.split(' ');
        const auto advice = advisor->advise(
            {words[0].toStdString(), words[1].toStdString(), words[2].toStdString(), words[3].toStdString()});
        QVERIFY(advice.has_value());
        QCOMPARE(verdictOf(*advice, id.toStdString()), verdict);
    }

    void everySituationGetsAnAnswerAndEveryLineItsSection() {
        const auto advisor = *Advisor::load();
        std::set<std::string> said;
        for (const auto provider : kProviders) {
            for (const auto stage : kStages) {
                for (const auto aim : kAims) {
                    for (const auto recipient : kRecipients) {
                        const auto advice = *advisor.advise({std::string(provider), std::string(stage),
                                                             std::string(aim), std::string(recipient)});
                        QVERIFY(!advice.empty());
                        for (const Advice& one : advice) {
                            said.insert(one.id);
                        }
                    }
                }
            }
        }
        QCOMPARE(said.size(), advisor.size()); // no line that nothing leads to, no id twice
    }

    void sectionsStandInTheGuideline() {
        const QString shared = QStringLiteral(KAMEI_SHARED_DIR) + "/guideline/";
        const QString guideline = fileText(shared + "mhlw-2024-guideline.txt");
        if (guideline.isEmpty()) {
            QSKIP("the text of the guideline is not beside the repository");
        }
        const auto advisor = *Advisor::load();
        for (const auto stage : kStages) {
            for (const auto aim : kAims) {
                for (const auto recipient : kRecipients) {
                    for (const auto provider : kProviders) {
                        const auto advice = *advisor.advise({std::string(provider), std::string(stage),
                                                             std::string(aim), std::string(recipient)});
                        for (const Advice& one : advice) {
                            const QString section = QString::fromStdString(one.section).section(' ', 0, 0);
                            if (section != "ppc-2021") {
                                QVERIFY2(guideline.contains(section + ' '), qPrintable(section));
                            }
                        }
                    }
                }
            }
        }
    }

    void refusesWhatItDoesNotKnow() {
        const auto advisor = *Advisor::load();
        QVERIFY(!advisor.advise({"clinic", "develop", "product", "company"}));
        const std::string head = "id\tbasis\tverdict\tprovider\tstage\taim\trecipient\tsection\tja\ten\n";
        QVERIFY(Advisor::parse(head + "a\tconsent\tpossible\t*\t*\t*\t*\t2.6.5\tx\ty\n"));
        for (const char* line : {"a\tconsent\tpossible\t*\t*\t*\t*\t\tx\ty\n",           // no section
                                 "a\tconsent\tperhaps\t*\t*\t*\t*\t2.6.5\tx\ty\n",       // no verdict
                                 "a\tconsent\tpossible\tclinic\t*\t*\t*\t2.6.5\tx\ty\n", // no such provider
                                 "a\tconsent\tpossible\t*\t*\t*\t2.6.5\tx\ty\n"}) {      // a column less
            QVERIFY2(!Advisor::parse(head + line), line);
        }
    }
};

QTEST_GUILESS_MAIN(AdvisorTest)
#include "AdvisorTest.moc"
