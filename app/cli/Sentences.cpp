#include "app/cli/Output.h"

namespace kamei::app::cli {
namespace {

struct Sentence {
    std::string_view english;
    std::string_view japanese;
};

/// %1 and %2 stand for the error's arguments.
Sentence inputSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case NotFound:
        return {"A file or folder was not found.", "ファイルまたはフォルダーが見つかりません。"};
    case NotReadable:
        return {"A file could not be read.", "ファイルを読み取れません。"};
    case Empty:
        return {"A file is empty.", "ファイルが空です。"};
    case Truncated:
        return {"A file ends too early; it may not have been copied completely.",
                "ファイルが途中で終わっています。コピーが完了していない可能性があります。"};
    case Malformed:
        return {"The content is damaged or not in its stated form.",
                "内容が壊れているか、形式に合っていません。"};
    case UnknownFormat:
        return {"The format is not known.", "形式を判別できません。"};
    case UnsupportedFormat:
        return {"The format is known but cannot be processed.", "この形式は加工に対応していません。"};
    case UnsupportedEncoding:
        return {"The character encoding cannot be handled.", "文字コードを扱えません。"};
    case UnsupportedTransferSyntax:
        return {"The transfer syntax of the DICOM file cannot be handled.",
                "DICOM の転送構文に対応していません。"};
    case Encrypted:
        return {"The content is encrypted.", "内容が暗号化されています。"};
    case TooLarge:
        return {"A file is larger than what can be handled.", "ファイルが大きすぎて扱えません。"};
    case TooDeep:
        return {"The content is nested too deeply.", "入れ子が深すぎます。"};
    case TooManyEntries:
        return {"There are too many entries.", "項目の数が多すぎます。"};
    case EntityRefused:
        return {"XML with entity declarations is refused.", "実体宣言を含む XML は受け付けません。"};
    case PathRefused:
        return {"A path leads outside of its folder and is refused.",
                "フォルダーの外を指すパスは受け付けません。"};
    case SymlinkLoop:
        return {"Symbolic links form a loop.", "シンボリックリンクが循環しています。"};
    case NotRegularFile:
        return {"This is not a regular file.", "通常のファイルではありません。"};
    case SourceChanged:
        return {"A source has changed since its import. Import it again.",
                "取込後に元のファイルが変更されています。もう一度取り込んでください。"};
    case SourceMissing:
        return {"A source is no longer there. Put it back, or exclude it.",
                "元のファイルがありません。元に戻すか、対象から外してください。"};
    default:
        return {};
    }
}

Sentence workSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case WorkspaceMissing:
        return {"This folder is not a workspace. Make one with `kamei-cli new`.",
                "このフォルダーはワークスペースではありません。`kamei-cli new` で作成してください。"};
    case WorkspaceDamaged:
        return {"The workspace is damaged. Nothing was changed; sources are untouched. Restore a backup.",
                "ワークスペースが壊れています。何も変更していません。バックアップから戻してください。"};
    case WorkspaceNewer:
        return {
            "The workspace was made by a newer version (%1; this one knows up to %2). Nothing was changed.",
            "ワークスペースは新しい版 (%1) で作られています (この版は %2 まで)。何も変更していません。"};
    case WorkspaceLocked:
        return {"Another program is writing to this workspace (process %1). Wait for it, or close it.",
                "別のプログラム (プロセス %1) "
                "がこのワークスペースに書き込み中です。終了を待つか、閉じてください。"};
    case WorkspaceReadOnly:
        return {"The workspace cannot be written to. Copy it to a writable disk.",
                "ワークスペースに書き込めません。書き込めるディスクに移してください。"};
    case WorkspaceExists:
        return {"The folder already exists and is not empty. Nothing was changed.",
                "フォルダーがすでにあり、空ではありません。何も変更していません。"};
    case AuditBroken:
        return {"The audit log does not verify: entry %1 does not match the one before it.",
                "監査記録を検証できません。%1 番目の記録が前の記録と一致しません。"};
    case ReasonRequired:
        return {"A required finding can only be kept with a written reason (--reason).",
                "必須の候補を残すには理由 (--reason) が必要です。"};
    case PassphraseRequired:
        return {"The deleted information is to be kept: give a passphrase of at least %1 characters, in "
                "KAMEI_PASSPHRASE or with --passphrase-stdin. Nothing was written.",
                "削除情報等を保管する設定です。%1 文字以上のパスフレーズを KAMEI_PASSPHRASE または "
                "--passphrase-stdin で指定してください。何も書き出していません。"};
    case NotPossible:
        return {"This is not possible in the present state.", "現在の状態では実行できません。"};
    case GateClosed:
        return {"Release is refused; the lines say what is open.",
                "書き出しの条件を満たしていません。未完了の項目は出力の各行をご覧ください。"};
    case NothingToUndo:
        return {"There is nothing to undo.", "元に戻す操作がありません。"};
    default:
        return {};
    }
}

Sentence systemSentence(base::ErrorCode code) {
    using enum base::ErrorCode;
    switch (code) {
    case InvalidArgument:
        return {"An argument is not valid: %1", "引数が正しくありません: %1"};
    case NoSpace:
        return {
            "The disk is full. What was finished is safe; free some space and run the same command again.",
            "ディスクの空きがありません。完了した分は保存されています。空きを作り、同じコマンドを実行してくだ"
            "さい。"};
    case IoError:
        return {
            "Reading or writing failed. What was finished is safe; run the same command again.",
            "読み書きに失敗しました。完了した分は保存されています。同じコマンドをもう一度実行してください。"};
    case PermissionDenied:
        return {"Permission was denied.", "権限がありません。"};
    case OutOfMemory:
        return {"There is not enough memory.", "メモリーが足りません。"};
    case Cancelled:
        return {"Stopped. What was finished is kept; the same command goes on from there.",
                "中止しました。完了した分は保存されています。同じコマンドで続きから再開します。"};
    default:
        return {"An internal error occurred.", "内部エラーが発生しました。"};
    }
}

void fill(std::string& text, std::string_view mark, const std::string& value) {
    if (const std::size_t at = text.find(mark); at != std::string::npos) {
        text.replace(at, mark.size(), value);
    }
}

} // namespace

std::string sentence(const base::Error& error) {
    Sentence found = inputSentence(error.code);
    if (found.english.empty()) {
        found = workSentence(error.code);
    }
    if (found.english.empty()) {
        found = systemSentence(error.code);
    }
    std::string out(say(found.english, found.japanese));
    fill(out, "%1", error.args.empty() ? "?" : error.args[0]);
    fill(out, "%2", error.args.size() < 2 ? "?" : error.args[1]);
    if (!error.place.empty()) {
        out += " [" + std::string(base::errorWord(error.code)) + ", " + error.place + "]";
    }
    return out;
}

} // namespace kamei::app::cli
