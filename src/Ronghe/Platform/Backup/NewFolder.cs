using System.Globalization;
using Ronghe.Platform.Files;

namespace Ronghe.Platform.Backup;

/// <summary>A folder that is filled completely or not at all: what was begun is removed again unless it was kept.</summary>
sealed class NewFolder : IDisposable
{
    readonly string path;
    readonly bool wasThere;
    bool isKept;

    NewFolder(string path, bool wasThere) => (this.path, this.wasThere) = (path, wasThere);

    /// <exception cref="Refusal">Something lies there already, or nothing can be written there.</exception>
    public static NewFolder Claim(string path)
    {
        try
        {
            var wasThere = Directory.Exists(path);
            if (File.Exists(path) || wasThere && Directory.EnumerateFileSystemEntries(path).Any())
                throw new Refusal($"{path} 不是空的，没有动它，也没有开始。请换一个不存在的或空的文件夹。");
            CheckedCopy.MakeFolder(path);
            return new(path, wasThere);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new Refusal($"不能在 {path} 写入，没有开始。请检查路径和权限。原因：{problem.Message}");
        }
    }

    /// <exception cref="Refusal">The disk is too small for so much.</exception>
    public void EnsureRoom(long bytes)
    {
        var free = new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace;
        if (free < bytes + bytes / 50)
            throw new Refusal($"磁盘空间不足，没有开始：{path} 需要约 {Say(bytes)}，只剩 {Say(free)}。请清理空间，或换一个磁盘。");
    }

    public bool IsKept => isKept;

    public void Keep() => isKept = true;

    public void Dispose()
    {
        if (isKept) return;
        foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos())
            if (entry is DirectoryInfo folder) folder.Delete(recursive: true);
            else entry.Delete();
        if (!wasThere) Directory.Delete(path);
    }

    public static string Say(long bytes) => bytes switch
    {
        >= 1L << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.0} GB"),
        >= 1L << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 20):0.0} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} kB"),
    };

    /// <summary>What went wrong with a disk, in words; the folder is cleared by whoever claimed it.</summary>
    public static Refusal Failed(Exception problem, string what) => problem is IOException io && DiskFull.Caused(io)
        ? new Refusal($"磁盘写满了，{what}没有完成，写了一半的已经删除，原有数据未改动。请清理空间，或换一个磁盘再来。")
        : new Refusal($"{what}没有完成，写了一半的已经删除，原有数据未改动。请检查磁盘和权限。原因：{problem.Message}");
}
