#include <QLabel>
#include <QTextDocument>

#include "tests/ui/work/Troubles.h"
#include "ui/screens/work/AssetNotice.h"
#include "ui/screens/work/Breakable.h"
#include "ui/screens/work/WorkScreen.h"
#include "ui/text/Words.h"

using namespace kamei;
using bench::Bench;
using bench::residual;
using ui::screens::work::AssetNotice;
using Residuals = std::vector<model::Residual>;

Q_DECLARE_METATYPE(Residuals)

namespace {

QString wordsOf(const AssetNotice& notice) {
    QTextDocument document;
    document.setHtml(notice.findChild<QLabel*>(QStringLiteral("assetNoticeWords"))->text());
    return document.toPlainText().remove(QChar(0x200B));
}

Residuals many(int count) {
    Residuals made;
    for (int i = 0; i < count; ++i) {
        made.push_back(residual("phone", "utf-8", static_cast<std::uint64_t>(1000 + i)));
    }
    return made;
}

} // namespace

/// The bar above the viewer: what it says of which asset.
class TestAssetNotice : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { bench::prepare(); }

    void residualsAreNamed_data() {
        QTest::addColumn<Residuals>("residuals");
        QTest::addColumn<QStringList>("said");
        QTest::newRow("kind, encoding, byte")
            << Residuals{residual("patient-name", "cp932", 1234)}
            << QStringList{"1 identifier", "Patient's name", "CP932", "byte 1,234", "process again"};
        QTest::newRow("place instead of byte")
            << Residuals{residual("patient-id", "utf-16le", 9, "(0040,A730)[0].(0040,A160)")}
            << QStringList{"Patient's ID", "UTF-16LE", "(0040,A730)[0].(0040,A160)"};
        QTest::newRow("name of a relative")
            << Residuals{residual("family", "utf-8", 5)} << QStringList{"Name of a relative"};
        QTest::newRow("three are named")
            << many(3) << QStringList{"3 identifiers", "byte 1,000", "byte 1,002"};
        QTest::newRow("and others") << many(12)
                                    << QStringList{"12 identifiers", "byte 1,002", "and 9 others"};
        QTest::newRow("and one other") << many(4) << QStringList{"and 1 other"};
    }
    void residualsAreNamed() {
        QFETCH(Residuals, residuals);
        QFETCH(QStringList, said);
        Bench bench(1);
        bench::stageWith(bench, bench.assets[0], residuals);
        AssetNotice notice(bench.context);
        notice.setAsset(bench.assets[0]);
        QTRY_VERIFY(!notice.isHidden());
        const QString words = wordsOf(notice);
        for (const QString& part : said) {
            QVERIFY2(words.contains(part), qPrintable(words));
        }
        QVERIFY(!words.contains(QStringLiteral("byte 1,003")));
        QCOMPARE(notice.property("surface").toString(), QStringLiteral("bad"));
        QVERIFY(!notice.accessibleName().isEmpty());
        auto* label = notice.findChild<QLabel*>(QStringLiteral("assetNoticeWords"));
        QVERIFY(label->textInteractionFlags().testFlag(Qt::TextSelectableByMouse));
        QVERIFY(label->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
    }

    void adviceFollowsTheDecisions() {
        Bench bench(1);
        bench::stageWith(bench, bench.assets[0], many(1));
        AssetNotice notice(bench.context);
        notice.setAsset(bench.assets[0]);
        QTRY_VERIFY(wordsOf(notice).contains(QStringLiteral("add a finding")));
        const auto open = bench.finding(bench.assets[0], "三上 陽子").id;
        QVERIFY(bench.session->apply(decide::Decide{{open}, model::DecisionState::Accepted, {}, {}}, "me")
                    .has_value());
        QTRY_VERIFY(wordsOf(notice).contains(QStringLiteral("Decisions changed since then")));
    }

    void sentBackIsSaidWithReviewerDateAndNote_data() {
        QTest::addColumn<QString>("note");
        QTest::addColumn<QString>("said");
        QTest::newRow("note") << "4 行目に <b>電話番号</b>"
                              << "“4 行目に <b>電話番号</b>”";
        QTest::newRow("long note") << QString(600, u'あ') << QString(280, u'あ') + QStringLiteral("…”");
    }
    void sentBackIsSaidWithReviewerDateAndNote() {
        QFETCH(QString, note);
        QFETCH(QString, said);
        Bench bench(1);
        bench::stageWith(bench, bench.assets[0], {});
        AssetNotice notice(bench.context);
        notice.setAsset(bench.assets[0]);
        QTest::qWait(50);
        QVERIFY(notice.isHidden());
        // It appears when the reviewer says so, without being asked.
        QVERIFY(bench::sendBack(bench, bench.assets[0], note.toUtf8().constData()));
        QTRY_VERIFY(!notice.isHidden());
        const QString words = wordsOf(notice);
        const auto at = (*bench.session->confirmation(bench.assets[0]))->at;
        QVERIFY2(words.contains(said), qPrintable(words));
        QVERIFY(words.contains(QStringLiteral("早瀬 綾子")));
        QVERIFY(words.contains(ui::text::dateTime(at)));
        QCOMPARE(notice.property("surface").toString(), QStringLiteral("warn"));
    }

    void bothAreSaid() {
        Bench bench(1);
        bench::stageWith(bench, bench.assets[0], many(1));
        QVERIFY(bench::sendBack(bench, bench.assets[0], "ここ"));
        AssetNotice notice(bench.context);
        notice.setAsset(bench.assets[0]);
        QTRY_VERIFY(wordsOf(notice).contains(QStringLiteral("ここ")));
        QVERIFY(wordsOf(notice).contains(QStringLiteral("1 identifier left")));
        QCOMPARE(notice.property("surface").toString(), QStringLiteral("bad"));
    }

    void anExcludedAssetSaysOnlyThat() {
        Bench bench(1);
        bench::stageWith(bench, bench.assets[0], many(2));
        QVERIFY(bench.session->apply(decide::Exclude{bench.assets[0], true, "why"}, "me").has_value());
        AssetNotice notice(bench.context);
        notice.setAsset(bench.assets[0]);
        QTRY_VERIFY(wordsOf(notice).contains(QStringLiteral("Excluded from the release")));
        QVERIFY(!wordsOf(notice).contains(QStringLiteral("identifier")));
        notice.setAsset({});
        QVERIFY(notice.isHidden());
    }

    void itStandsAboveTheViewer() {
        Bench bench(2);
        bench::stageWith(bench, bench.assets[0], many(30));
        ui::screens::work::WorkScreen screen(bench.context);
        screen.resize(1294, 660);
        screen.show();
        ui::shell::Route route{ui::shell::ScreenId::Work};
        route.asset = bench.assets[0];
        screen.enter(route);
        auto* notice = screen.findChild<AssetNotice*>();
        auto* viewer = screen.findChild<QWidget*>(QStringLiteral("viewer"));
        QTRY_VERIFY(notice->isVisible());
        QTRY_VERIFY(notice->geometry().bottom() < viewer->geometry().top() + 1);
        QVERIFY(notice->height() < screen.height() / 4);
        route.asset = bench.assets[1];
        screen.enter(route);
        QTRY_VERIFY(!notice->isVisible());
    }

    void longWordsHavePlacesToBreakAt_data() {
        QTest::addColumn<QString>("words");
        QTest::newRow("UID") << "1.2.840.113619.2.55.3.604688119.868.1412345678.467";
        QTest::newRow("English") << QStringLiteral("Pseudohypoparathyroidism").repeated(3);
        QTest::newRow("surrogates") << QStringLiteral("𠮷").repeated(60);
    }
    void longWordsHavePlacesToBreakAt() {
        QFETCH(QString, words);
        const QString broken = ui::screens::work::breakable(words);
        QCOMPARE(QString(broken).remove(QChar(0x200B)), words);
        for (const QString& part : broken.split(QChar(0x200B))) {
            QVERIFY(part.size() <= 25);
            QVERIFY(part.isEmpty() || !part.front().isLowSurrogate());
        }
    }
};

QTEST_MAIN(TestAssetNotice)
#include "TestAssetNotice.moc"
