namespace Ronghe.Platform.Spreadsheets;

/// <summary>The sheet that lists what is wrong, added to a file that goes back to its sender.</summary>
static class ErrorListSheet
{
    public const string Name = "错误清单";
}
