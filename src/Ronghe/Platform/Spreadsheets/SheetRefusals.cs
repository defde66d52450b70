namespace Ronghe.Platform.Spreadsheets;

/// <summary>Everything that a file as a whole can be refused for: what happened, that nothing was taken in, what to do.</summary>
static class SheetRefusals
{
    public const string Field = "file";

    public static Refusal Empty() => New("文件是空的（0 字节）", "请确认选对了文件，并且已经保存后再上传");

    public static Refusal TooLarge(long bytes, long most) =>
        New($"文件有 {Size(bytes)}，超过了 {Size(most)} 的上限", "请删去无关的工作表和图片，或把数据拆成几个文件分别导入");

    public static Refusal Extension(string extension) => New(
        extension.Length == 0 ? "文件没有扩展名，认不出是什么文件" : $"不支持 {extension} 文件",
        "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传（也可以用 .xls 或 .csv）");

    public static Refusal Mismatch(string extension, string content, string advice) => New($"文件扩展名是 {extension}，内容却是{content}", advice);

    public static Refusal Encrypted() => New("工作簿设置了打开密码，读不出内容", "请在 Excel 或 WPS 里取消密码（文件 → 信息 → 保护工作簿），保存后再上传");

    public static Refusal Broken(string? detail = null) => New(
        detail is null ? "文件已损坏或不完整，读不出表格" : $"文件已损坏或不完整，读不出表格（{detail}）",
        "请用 Excel 或 WPS 打开，确认内容后另存为新的 .xlsx 再上传");

    public static Refusal Inflates() => New(
        "文件解压后大得异常，已停止读取", "请用 Excel 或 WPS 打开，只保留需要的数据，另存为新的 .xlsx 再上传");

    public static Refusal Entities() => New("文件内部含有不允许的 XML 声明（DTD），已停止读取", "请用 Excel 或 WPS 打开，另存为新的 .xlsx 再上传");

    public static Refusal CellTooLong(int most) => New($"有单元格的文字超过了 {most:N0} 字", "请缩短这个单元格的内容后再上传");

    public static Refusal TooMany(string what, long most) => New($"表格的{what}超过了 {most:N0} 的上限", "请删去无关的行、列和工作表，或把数据拆成几个文件分别导入");

    public static Refusal NoSheet() => New("工作簿里没有任何数据", "请确认数据所在的工作表已经保存后再上传");

    static Refusal New(string what, string advice) => new($"{what}。没有导入任何数据。{advice}。", Field);

    static string Size(long bytes) => bytes >= 1 << 20 ? $"{bytes / 1048576.0:0.#} MB" : $"{bytes / 1024.0:0.#} KB";
}
