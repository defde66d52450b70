namespace Ronghe.Platform.Data.Embedded;

/// <summary>Who runs the server when we are root: PostgreSQL refuses to, and rightly so.</summary>
static class ChildUser
{
    static readonly string[] Candidates = ["ronghe", "postgres", "nobody"];

    /// <summary>Null means ourselves. Otherwise whoever owns the tables already, or the first account that exists.</summary>
    public static async Task<string?> ChooseAsync(string cluster, CancellationToken cancel)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return null;
        if (Directory.Exists(cluster) && await OwnerOfAsync(cluster, cancel) is { } owner) return owner;
        foreach (var name in Candidates)
            if (await ExistsAsync(name, cancel)) return name;
        throw new Refusal("内置数据库不能以 root 身份运行，而本机没有 ronghe、postgres、nobody 中的任何一个账号。请先执行 useradd --system ronghe，再重新启动。");
    }

    /// <summary>Hands a file or folder, with everything in it, to the user.</summary>
    public static async Task GiveAsync(string? user, string path, CancellationToken cancel)
    {
        if (user is null) return;
        var given = await ChildProcess.RunAsync("chown", ["-R", user + ":", path], cancel: cancel);
        if (!given.IsGood) throw new Refusal($"无法把 {path} 交给账号 {user}，数据库没有启动。请检查该目录所在磁盘是否支持更改属主。原因：{given.Output}");
    }

    /// <summary>Lets the user's group walk through a folder that is ours, without letting it look around.</summary>
    public static async Task LetThroughAsync(string? user, string folder, CancellationToken cancel)
    {
        if (user is null || await CanEnterAsync(user, folder, cancel)) return;
        var group = await ChildProcess.RunAsync("id", ["-gn", user], cancel: cancel);
        await ChildProcess.RunAsync("chgrp", [group.Output, folder], cancel: cancel);
        await ChildProcess.RunAsync("chmod", ["g+x", folder], cancel: cancel);
    }

    public static async Task<bool> CanEnterAsync(string? user, string folder, CancellationToken cancel) =>
        user is null || (await ChildProcess.RunAsync("/bin/sh", ["-c", "cd \"$0\"", folder], user, cancel: cancel)).IsGood;

    static async Task<bool> ExistsAsync(string name, CancellationToken cancel) =>
        (await ChildProcess.RunAsync("id", ["-u", name], cancel: cancel)).IsGood;

    static async Task<string?> OwnerOfAsync(string path, CancellationToken cancel)
    {
        string[] format = OperatingSystem.IsMacOS() ? ["-f", "%Su"] : ["-c", "%U"];
        var owner = await ChildProcess.RunAsync("stat", [.. format, path], cancel: cancel);
        return owner.IsGood && owner.Output != "root" && await ExistsAsync(owner.Output, cancel) ? owner.Output : null;
    }
}
