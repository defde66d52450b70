using System.Globalization;
using System.Runtime.InteropServices;
using Ronghe.Platform.Data.Embedded;
using Ronghe.Platform.Files;
using Ronghe.Platform.Hosting;

namespace Ronghe.Platform.Cli;

/// <summary>What the machine itself must offer.</summary>
static class MachineCheckups
{
    const long Gigabyte = 1L << 30;
    const long LittleSpace = 5 * Gigabyte, NoSpace = Gigabyte / 2;

    public static Checkup Version() => new("版本", Verdict.Good,
        $"融合 {Deployment.Version}，{RuntimeInformation.FrameworkDescription}，{RuntimeInformation.OSDescription}，{RuntimeInformation.OSArchitecture}");

    public static Checkup Language()
    {
        const string name = "时区与中文支持";
        try
        {
            _ = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
            _ = CultureInfo.GetCultureInfo("zh-CN", predefinedOnly: true);
            return new(name, Verdict.Good, "齐全");
        }
        catch (Exception missing) when (missing is TimeZoneNotFoundException or CultureNotFoundException)
        {
            return new(name, Verdict.Bad, missing.Message, "请安装系统包 tzdata 和 libicu");
        }
    }

    public static Checkup DataFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, $".probe-{Environment.ProcessId}");
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return new("数据目录", Verdict.Good, $"{folder} 可写");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return new("数据目录", Verdict.Bad, $"{folder} 不可写（{problem.Message}）", "请更改目录权限，或用 --data 指定别的目录");
        }
    }

    public static Checkup DiskSpace(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var verdict = free < NoSpace ? Verdict.Bad : free < LittleSpace ? Verdict.Poor : Verdict.Good;
        var found = string.Create(CultureInfo.InvariantCulture, $"剩余 {free / (double)Gigabyte:0.0} GB");
        return new("磁盘空间", verdict, found, verdict == Verdict.Good ? null : "建议保留 5 GB 以上，照片和备份会占用空间");
    }

    public static async Task<Checkup> PhotosAsync(CancellationToken cancel)
    {
        var vips = await ChildProcess.RunAsync("vipsthumbnail", ["--vips-version"], cancel: cancel);
        if (vips.IsGood)
            return await PhotoSandbox.IsAvailableAsync()
                ? new("照片处理", Verdict.Good, vips.Output)
                : new("照片处理", Verdict.Poor, $"{vips.Output}，但不能在受限的进程里运行，不能上传照片", "请安装 util-linux（prlimit），并允许本账号使用");
        return new("照片处理", Verdict.Poor, "没有找到 vipsthumbnail，不能上传照片", "请安装：Debian/Ubuntu 为 apt install libvips-tools，RHEL/麒麟/欧拉为 dnf install vips-tools");
    }
}
