namespace Cascade.Agent.Tests;

/// <summary>A private configuration file, and a directory for what belongs to it.</summary>
sealed class ConfigFile : IDisposable
{
    public const string Minimal = "[DEFAULT]\ntransport_url = rabbit://u:s3cr3ts3cr3t@127.0.0.1:5672/v\nhost = az-east\n[cascade]\nops_listen = 127.0.0.1:0\n";

    public ConfigFile(string text)
    {
        Root = Directory.CreateTempSubdirectory("cascade-agent-").FullName;
        Path = System.IO.Path.Combine(Root, "a.conf");
        Write(text);
    }

    public string Root { get; }

    public string Path { get; }

    public void Write(string text)
    {
        File.WriteAllText(Path, text);
        File.SetUnixFileMode(Path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
