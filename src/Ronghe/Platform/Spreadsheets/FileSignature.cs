namespace Ronghe.Platform.Spreadsheets;

/// <summary>What a file is by its first bytes, whatever its name says.</summary>
readonly record struct FileSignature(string Extension, string Name, string Advice)
{
    const string Resave = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传";

    public bool Known => Name is { Length: > 0 };

    public static FileSignature Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8)) return new(".xlsx", " .xlsx 工作簿", "请把扩展名改为 .xlsx 后再上传");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            return new(".xls", " .xls 工作簿", "请把扩展名改为 .xls 后再上传");
        if (head.StartsWith("%PDF"u8)) return new("", " PDF", "请上传 Excel 表格文件");
        if (head.StartsWith("Rar!"u8) || head.StartsWith("7z"u8)) return new("", "压缩包", "请先解压，再上传里面的表格文件");
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) || head.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G']))
            return new("", "图片", "请上传 Excel 表格文件");
        return IsMarkup(head) ? new("", "网页（HTML）或 XML", Resave) : OfText(head);
    }

    static bool IsMarkup(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) head = head[3..];
        return head.TrimStart(" \t\r\n"u8) is [(byte)'<', (byte)'!' or (byte)'?' or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'a' and <= (byte)'z'), ..];
    }

    static FileSignature OfText(ReadOnlySpan<byte> head)
    {
        var text = head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] || !head.ContainsAnyInRange((byte)0, (byte)8);
        return text ? new(".csv", "纯文本", "如果它是逗号分隔的表格，请把扩展名改为 .csv 后再上传；否则" + Resave) : default;
    }
}
