namespace Ronghe.Platform.Files;

/// <summary>A temporary file that nobody else can open and that is gone when closed, on Unix even when the process is killed.</summary>
static class SpoolFile
{
    public static FileStream Create()
    {
        var path = Path.Combine(Path.GetTempPath(), $"ronghe-{Guid.CreateVersion7():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var spool = new FileStream(path, options);
        if (!OperatingSystem.IsWindows()) File.Delete(path);
        return spool;
    }
}

static class DiskFull
{
    public static Refusal Refusal => new("服务器磁盘空间不足，文件没有保存；已填写的内容还在。请稍后再提交，并告知系统管理员清理空间。");

    /// <summary>ENOSPC or EDQUOT on Unix, ERROR_DISK_FULL on Windows.</summary>
    public static bool Caused(IOException e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);
}
