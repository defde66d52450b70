using System.Globalization;
using Ronghe.Platform.Calendar;
using Ronghe.Platform.Files;

namespace Ronghe.Demo;

/// <summary>
/// The photos of the play, in the order in which they will be wanted. Each one that is taken lets a later one be painted and made safe,
/// so that this goes on while the play waits for the database.
/// </summary>
public sealed class DemoAlbum(PhotoSandbox sandbox)
{
    /// <summary>How many lie ready at most.</summary>
    const int Ahead = 6;

    internal PhotoSandbox Sandbox => sandbox;

    readonly List<DemoPhoto> _ordered = [];
    Queue<DemoPhoto> _waiting = [];

    public DemoPhoto Order(Guid of, string text, bool isAfter, DateTimeOffset at)
    {
        var photo = new DemoPhoto(this, of, text, isAfter, at);
        _ordered.Add(photo);
        return photo;
    }

    /// <summary>All are ordered, the play begins.</summary>
    /// <param name="until">What is wanted later is not played.</param>
    public void Begin(DateTimeOffset until)
    {
        _waiting = new(_ordered.Where(photo => photo.At <= until).OrderBy(photo => photo.At));
        for (var n = 0; n < Ahead; n++) Next();
    }

    internal void Next()
    {
        while (_waiting.TryDequeue(out var photo))
            if (photo.Begin()) return;
    }
}

/// <summary>A photo to be painted.</summary>
public sealed class DemoPhoto(DemoAlbum album, Guid of, string text, bool isAfter, DateTimeOffset at)
{
    static readonly Task<SafePhoto> Taken = Task.FromResult(new SafePhoto([], [], 0, 0));

    Task<SafePhoto>? _making;

    public DateTimeOffset At => at;

    /// <returns>False when it was begun before.</returns>
    internal bool Begin()
    {
        if (_making is not null) return false;
        _making = Task.Run(MakeAsync);
        return true;
    }

    /// <summary>Once: it is not kept.</summary>
    public async Task<SafePhoto> TakeAsync()
    {
        Begin();
        var photo = await _making!;
        _making = Taken;
        album.Next();
        return photo;
    }

    async Task<SafePhoto> MakeAsync()
    {
        using var picture = new MemoryStream(Paint());
        return await album.Sandbox.MakeSafeAsync(picture, text);
    }

    byte[] Paint() => PhotoPainter.Paint(PhotoPainter.SceneFor(text), isAfter, BitConverter.ToUInt16(of.ToByteArray()), at.ToPlant().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
}
