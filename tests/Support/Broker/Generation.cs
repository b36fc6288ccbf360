using System.Diagnostics;

namespace Cascade.Support;

/// <summary>
/// A Debian release with its RabbitMQ and its Python oslo.messaging: the one of this machine, or one in a root file system that
/// <c>tests/lab/root</c> builds, entered with a mount namespace of its own and nothing written to it.
/// </summary>
/// <param name="Name">What the tests call it.</param>
/// <param name="Root">The root file system, null for this machine's own.</param>
public sealed record Generation(string Name, string? Root)
{
    /// <summary>Debian 12: oslo.messaging 14.0.3 (Zed), RabbitMQ 3.10.</summary>
    public static Generation Zed { get; } = new("zed", null);

    /// <summary>Debian 13: oslo.messaging 16.1 (2025.1), RabbitMQ 4.0.</summary>
    public static Generation Epoxy { get; } = new("epoxy", Path.Combine(
        Environment.GetEnvironmentVariable("CASCADE_LAB_HOME") ?? "/var/lib/cascade-lab", "root", "epoxy"));

    /// <summary>What is missing here to run this generation, null when nothing is.</summary>
    public string? Missing
    {
        get
        {
            if (Root is not null && !File.Exists(Path.Combine(Root, ".lab-packages")))
            {
                return $"no root file system {Root}: run tests/lab/root {Name} once";
            }

            if (Root is not null && Environment.UserName != "root")
            {
                return "entering another root file system takes root";
            }

            var wanted = new[] { "usr/lib/rabbitmq/bin/rabbitmq-server", "usr/bin/python3", "usr/lib/python3/dist-packages/oslo_messaging" };
            var absent = wanted.Where(path => !Path.Exists(Path.Combine(Root ?? "/", path))).ToArray();
            return absent.Length == 0 ? null : $"{Name} lacks /{string.Join(", /", absent)}: install rabbitmq-server and python3-oslo.messaging";
        }
    }

    /// <summary>How to start a program of this generation. Both sides see the same <c>/tmp</c>, and nothing else of the machine.</summary>
    public ProcessStartInfo Command(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Root is null)
        {
            start.FileName = program;
        }
        else
        {
            start.FileName = "unshare";
            string[] enter = ["-m", "sh", "-ec", """
                mount --make-rprivate /; mount --rbind "$1" "$1"; cd "$1"; shift
                mount -t proc proc proc; mount --rbind /dev dev; mount -t tmpfs tmpfs run; mount --bind /tmp tmp
                exec chroot . "$@"
                """, "enter", Root, program];
            foreach (var word in enter)
            {
                start.ArgumentList.Add(word);
            }
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    public override string ToString() => Name;
}
