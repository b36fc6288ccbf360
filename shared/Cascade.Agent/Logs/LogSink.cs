using System.Text;

namespace Cascade.Agent;

/// <summary>
/// Where lines go: standard error or a file. One write per record and no buffer, so that a process that is killed has said
/// what it did; an appended write of one record is not mixed with another process's.
/// </summary>
public sealed class LogSink : IDisposable
{
    readonly Lock _gate = new();
    readonly string? _file;
    Stream _stream;

    /// <param name="file">null for standard error.</param>
    internal LogSink(string? file)
    {
        _file = file;
        _stream = Open(file);
    }

    internal LogSink(Stream stream) => _stream = stream;

    /// <summary>Text as it stands, line feed included. A full disk or a closed pipe must not end the agent: the text is lost then.</summary>
    public void Write(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        lock (_gate)
        {
            try
            {
                _stream.Write(bytes);
                _stream.Flush();
            }
            catch (IOException)
            {
            }
            catch (ObjectDisposedException)
            {
            }
        }
    }

    /// <summary>After logrotate has moved the file away: append to a new one of the same name. Keeps the old one if that fails.</summary>
    internal void Reopen()
    {
        if (_file is null)
            return;
        var fresh = Open(_file);
        lock (_gate)
        {
            _stream.Dispose();
            _stream = fresh;
        }
    }

    public void Dispose()
    {
        lock (_gate)
            _stream.Dispose();
    }

    static Stream Open(string? file) => file is null
        ? Console.OpenStandardError()
        : new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
}
