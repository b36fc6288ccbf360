using Cascade.Oslo.Config;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

/// <summary>What a SIGHUP does: a fresh log file, the mutable options, and a line for each option that waits for a restart.</summary>
sealed class Hangup(AgentConfiguration configuration, LogSink sink, Redaction redaction, ILogger<Hangup> log)
{
    readonly Lock _one = new();

    public void Take()
    {
        lock (_one)
        {
            try
            {
                sink.Reopen();
                Reload();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Log.ReloadFault(log, e.Message);
            }
        }
    }

    void Reload()
    {
        var result = configuration.Reload();
        redaction.Know(OptionDump.Secrets(configuration.Reader));
        foreach (var fault in result.Faults)
            Log.ReloadFault(log, fault.ToString());
        foreach (var option in result.Ignored)
            Log.ReloadIgnored(log, option.ToString());
        if (result.Faults.Count == 0)
            Log.Reloaded(log, result.Taken.Count == 0 ? "nothing" : string.Join(", ", result.Taken));
    }
}
