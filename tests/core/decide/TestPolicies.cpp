#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/decide/Policies.h"

using namespace kamei;
using base::ErrorCode;

class TestPolicies : public QObject {
    Q_OBJECT

private slots:
    void textIsRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("has");
        QTest::addColumn<QString>("hasNot");
        QTest::addColumn<QString>("shortest");
        QTest::newRow("default") << "guideline-2024"
                                 << "guideline-2024"
                                 << "modified-dates"
                                 << "full-dates"
                                 << "guideline-2024";
        QTest::newRow("name that another begins with") << "guideline-2024-required"
                                                       << "guideline-2024-required"
                                                       << ""
                                                       << "uids"
                                                       << "guideline-2024-required";
        QTest::newRow("option added") << "dicom-basic+clean-pixel-data"
                                      << "dicom-basic"
                                      << "clean-pixel-data"
                                      << "uids"
                                      << "dicom-basic+clean-pixel-data";
        QTest::newRow("option taken away") << "guideline-2024-safe-private"
                                           << "guideline-2024"
                                           << "modified-dates"
                                           << "safe-private"
                                           << "guideline-2024-safe-private";
        QTest::newRow("full dates replace modified dates") << "guideline-2024+full-dates"
                                                           << "guideline-2024"
                                                           << "full-dates"
                                                           << "modified-dates"
                                                           << "guideline-2024+full-dates-modified-dates";
        QTest::newRow("later word wins") << "dicom-basic+uids-uids"
                                         << "dicom-basic"
                                         << ""
                                         << "uids"
                                         << "dicom-basic";
        QTest::newRow("several") << "dicom-basic+uids-safe-private+institution-identity"
                                 << "dicom-basic"
                                 << "institution-identity"
                                 << "safe-private"
                                 << "dicom-basic+uids+institution-identity";
    }
    void textIsRead() {
        QFETCH(QString, text);
        QFETCH(QString, name);
        QFETCH(QString, has);
        QFETCH(QString, hasNot);
        QFETCH(QString, shortest);
        const auto policy = decide::policyFromText(text.toStdString());
        QVERIFY(policy);
        QCOMPARE(policy->name, name.toStdString());
        QVERIFY(has.isEmpty() || policy->has(has.toStdString()));
        QVERIFY(!policy->has(hasNot.toStdString()));
        QCOMPARE(decide::toText(*policy), shortest.toStdString());
        QVERIFY(*decide::policyFromText(decide::toText(*policy)) == *policy);
        QVERIFY(*decide::policyFromJson(decide::toJson(*policy)) == *policy);
    }

    void wrongTextIsRefused_data() {
        QTest::addColumn<QString>("text");
        for (const char* text :
             {"", "guideline", "guideline-2025", "guideline-2024+", "guideline-2024+unknown",
              "guideline-2024+uidsx", "dicom-basic uids", "dicom-basic+-uids"}) {
            QTest::addRow("'%s'", text) << text;
        }
    }
    void wrongTextIsRefused() {
        QFETCH(QString, text);
        QCOMPARE(decide::policyFromText(text.toStdString()).error().code, ErrorCode::InvalidArgument);
    }

    void jsonIsRead_data() {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("error"); // empty: fine
        QTest::newRow("name alone") << R"({"name":"dicom-basic"})"
                                    << "";
        QTest::newRow("override") << R"({"name":"dicom-basic","overrides":{"r":{"action":"delete"}}})"
                                  << "";
        QTest::newRow("override to keep, with reason")
            << R"({"name":"dicom-basic","overrides":{"r":{"action":"keep","reason":"public"}}})"
            << "";
        QTest::newRow("override to keep, without reason")
            << R"({"name":"dicom-basic","overrides":{"r":{"action":"keep","reason":" "}}})"
            << "reason-required";
        QTest::newRow("unknown action") << R"({"name":"dicom-basic","overrides":{"r":{"action":"x"}}})"
                                        << "invalid-argument";
        QTest::newRow("unknown option") << R"({"name":"dicom-basic","options":["x"]})"
                                        << "invalid-argument";
        QTest::newRow("dates both ways")
            << R"({"name":"dicom-basic","options":["full-dates","modified-dates"]})"
            << "invalid-argument";
        QTest::newRow("unknown name") << R"({"name":"x"})"
                                      << "invalid-argument";
        QTest::newRow("no name") << R"({})"
                                 << "malformed";
        QTest::newRow("no JSON") << "{"
                                 << "malformed";
        QTest::newRow("wrong types") << R"({"name":1,"options":7})"
                                     << "malformed";
        QTest::newRow("overrides no object") << R"({"name":"dicom-basic","overrides":[1]})"
                                             << "malformed";
    }
    void jsonIsRead() {
        QFETCH(QString, json);
        QFETCH(QString, error);
        const auto policy = decide::policyFromJson(json.toStdString());
        const std::string word(policy ? "" : base::errorWord(policy.error().code));
        QCOMPARE(word, error.toStdString());
    }

    void argumentMayBeAFile() {
        QTemporaryDir folder;
        const std::string path = (folder.path() + "/policy.json").toStdString();
        std::ofstream(path) << R"({"name":"dicom-basic","options":["uids"]})";
        QCOMPARE(decide::toText(*decide::policyFromArgument(path)), std::string("dicom-basic+uids"));
        QCOMPARE(decide::policyFromArgument(path + "x").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(decide::policyFromArgument("guideline-2024")->name, std::string("guideline-2024"));
    }

    void everyPolicyNamesItsSource() {
        for (const auto& info : decide::policies()) {
            QVERIFY(!info.source.empty() && !info.edition.empty());
            QVERIFY(decide::policyFromText(info.name));
        }
        QCOMPARE(static_cast<int>(decide::policies().size()), 3);
        QCOMPARE(static_cast<int>(decide::options().size()), 12);
    }
};

QTEST_GUILESS_MAIN(TestPolicies)
#include "TestPolicies.moc"
