using System.Globalization;
using Ronghe.Platform.Calendar;

namespace Ronghe.Demo;

/// <summary>
/// The photos of the play, in the order in which they will be wanted. Each one that is taken lets a later one be painted, so that
/// painting goes on while the play waits for the database and for the photo before.
/// </summary>
public sealed class DemoAlbum
{
    /// <summary>How many lie ready at most, each about a megabyte.</summary>
    const int Ahead = 6;

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
    Task<byte[]>? _painting;

    public DateTimeOffset At => at;

    /// <returns>False when it was begun before.</returns>
    internal bool Begin()
    {
        if (_painting is not null) return false;
        _painting = Task.Run(Paint);
        return true;
    }

    public async Task<byte[]> PaintedAsync()
    {
        Begin();
        var picture = await _painting!;
        _painting = Task.FromResult<byte[]>([]);
        album.Next();
        return picture;
    }

    byte[] Paint() => PhotoPainter.Paint(PhotoPainter.SceneFor(text), isAfter, BitConverter.ToUInt16(of.ToByteArray()), at.ToPlant().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture));
}
