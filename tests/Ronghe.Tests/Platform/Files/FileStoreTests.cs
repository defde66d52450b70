using System.Security.Cryptography;
using Ronghe.Platform.Files;

namespace Ronghe.Tests.Platform.Files;

public sealed class FileStoreTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ronghe-test-");
    readonly MovableClock _clock = new();
    readonly FileStore _store;

    public FileStoreTests() => _store = new(Path.Combine(_folder.FullName, "files"), _clock);

    public void Dispose() => _folder.Delete(recursive: true);

    static Task<IReadOnlySet<string>> Nothing(IReadOnlyCollection<string> _) => Task.FromResult<IReadOnlySet<string>>(new HashSet<string>());

    Task<FileContent> PutAsync(string text) =>
        _store.PutAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);

    string[] OnDisk() => [.. Directory.EnumerateFiles(_folder.FullName, "*", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order()];

    [Fact]
    public async Task What_is_put_in_comes_out_under_its_hash()
    {
        var put = await PutAsync("照片");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData("照片"u8)), put.Hash);
        Assert.Equal(6, put.Bytes);
        using var reader = new StreamReader(_store.Open(put.Hash)!);
        Assert.Equal("照片", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "files", put.Hash[..2], put.Hash[2..4], put.Hash)));
    }

    [Fact]
    public async Task The_same_content_is_kept_once_and_no_temporary_file_is_left()
    {
        var first = await PutAsync("a");
        Assert.Equal(first, await PutAsync("a"));
        Assert.Equal([first.Hash], OnDisk());
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync(new BrokenStream(), TestContext.Current.CancellationToken));
        Assert.Empty(OnDisk());
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("")]
    [InlineData("ab")]
    [InlineData("AB00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("../0000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/etc/passwd000000000000000000000000000000000000000000000000000000")]
    public void Nothing_but_a_hash_leads_to_a_file(string address)
    {
        Assert.Throws<ArgumentException>(() => _store.Open(address));
        Assert.Throws<ArgumentException>(() => _store.Exists(address));
    }

    [Fact]
    public void An_unknown_hash_opens_nothing() => Assert.Null(_store.Open(new string('0', 64)));

    [Fact]
    public async Task A_changed_file_is_noticed()
    {
        var put = await PutAsync("a");
        Assert.True(await _store.IsIntactAsync(put.Hash, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(Directory.EnumerateFiles(_folder.FullName, put.Hash, SearchOption.AllDirectories).Single(), "b", TestContext.Current.CancellationToken);
        Assert.False(await _store.IsIntactAsync(put.Hash, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Orphans_are_collected_when_they_are_old_and_nobody_refers_to_them()
    {
        var (orphan, referred) = (await PutAsync("orphan"), await PutAsync("referred"));
        _clock.Now += TimeSpan.FromDays(2);
        var fresh = await PutAsync("fresh");
        var removed = await _store.CollectOrphansAsync(
            hashes => Task.FromResult<IReadOnlySet<string>>(hashes.Where(hash => hash == referred.Hash).ToHashSet()),
            _clock.Now.AddDays(-1), TestContext.Current.CancellationToken);
        Assert.Equal(1, removed);
        Assert.False(_store.Exists(orphan.Hash));
        Assert.Equal(new[] { referred.Hash, fresh.Hash }.Order(), OnDisk());
    }

    [Fact]
    public async Task An_orphan_that_is_stored_again_during_the_collection_survives()
    {
        var put = await PutAsync("a");
        _clock.Now += TimeSpan.FromDays(2);
        var removed = await _store.CollectOrphansAsync(async hashes =>
        {
            await PutAsync("a");
            return await Nothing(hashes);
        }, _clock.Now.AddDays(-1), TestContext.Current.CancellationToken);
        Assert.Equal(0, removed);
        Assert.True(_store.Exists(put.Hash));
    }

    [Fact]
    public async Task A_temporary_file_left_by_a_killed_process_is_collected()
    {
        await PutAsync("a");
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "files", "tmp", "half"), "half", TestContext.Current.CancellationToken);
        await _store.CollectOrphansAsync(hashes => Task.FromResult<IReadOnlySet<string>>(hashes.ToHashSet()), TimeProvider.System.GetUtcNow().AddDays(1), TestContext.Current.CancellationToken);
        Assert.Single(OnDisk());
    }

    [Fact]
    public async Task Uploads_and_collections_at_the_same_time_lose_no_file()
    {
        var cancel = TestContext.Current.CancellationToken;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Nobody refers to anything and all is old: only being stored again keeps a file.
        var collecting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested) await _store.CollectOrphansAsync(Nothing, _clock.Now.AddDays(-1), cancel);
        }, cancel);
        for (var round = 0; round < 60; round++)
        {
            var put = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => PutAsync($"content {i}")));
            Assert.All(put, content => Assert.True(SpinWait.SpinUntil(() => _store.Exists(content.Hash), 1000)));
            foreach (var content in put) Age(content.Hash);
        }
        await stop.CancelAsync();
        await collecting;
    }

    void Age(string hash) =>
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "files", hash[..2], hash[2..4], hash), _clock.Now.UtcDateTime.AddDays(-2));

    sealed class MovableClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = System.GetUtcNow();
        public override DateTimeOffset GetUtcNow() => Now;
    }

    sealed class BrokenStream : MemoryStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel = default) => throw new IOException("connection reset");
    }
}
