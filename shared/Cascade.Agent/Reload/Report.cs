using System.Diagnostics;
using System.Globalization;
using System.Text;
using Cascade.Oslo.Config;

namespace Cascade.Agent;

/// <summary>
/// The answer to SIGUSR2, in the sections of oslo.reports' Guru Meditation Report: who, components, what the agent adds,
/// threads, configuration with secrets masked. Goes where log lines go.
/// </summary>
sealed class Report(StatusReading status, AgentConfiguration configuration, Redaction redaction, LogSink sink, TimeProvider time)
{
    public void Write() => sink.Write(redaction.Clean(Compose()));

    internal string Compose()
    {
        var text = new StringBuilder();
        var now = status.Status();
        text.Append("========================================================================\n")
            .Append("====                        Guru Meditation                         ====\n")
            .Append("========================================================================\n");
        Section(text, "Package",
            [$"agent = {now.Agent}", $"version = {now.Version}", $"host = {now.Host}", $"pid = {now.Pid}", $"started = {now.Started:O}", $"now = {time.GetUtcNow():O}", $"registered = {now.Registered}"]);
        Section(text, "Components", now.Checks.Select(c => $"{c.Name} = {c.State} since {c.Since:O}: {c.Detail}"));
        foreach (var (name, values) in now.Details)
            Section(text, name, values.Select(v => $"{v.Key} = {v.Value}"));
        Section(text, "Threads", Threads());
        Section(text, "Configuration", OptionDump.Lines(configuration.Reader));
        return text.ToString();
    }

    static void Section(StringBuilder text, string title, IEnumerable<string> lines)
    {
        text.Append("==== ").Append(title).Append(" ====\n");
        foreach (var line in lines)
            text.Append("  ").Append(line).Append('\n');
    }

    static IEnumerable<string> Threads()
    {
        ThreadPool.GetAvailableThreads(out var free, out _);
        ThreadPool.GetMaxThreads(out var most, out _);
        yield return $"pool = {ThreadPool.ThreadCount} threads, {most - free} busy, {ThreadPool.PendingWorkItemCount} waiting, {ThreadPool.CompletedWorkItemCount} done";
        yield return string.Create(CultureInfo.InvariantCulture, $"memory = {Environment.WorkingSet / 1_048_576} MB resident, {GC.GetTotalMemory(false) / 1_048_576} MB managed, collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        using var process = Process.GetCurrentProcess();
        foreach (ProcessThread thread in process.Threads)
        {
            using (thread)
                yield return $"thread {thread.Id} = {State(thread)}";
        }
    }

    // A thread may end between the listing and the look.
    static string State(ProcessThread thread)
    {
        try
        {
            return $"{thread.ThreadState}, {thread.TotalProcessorTime.TotalSeconds:0.00} s of processor";
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "ended";
        }
    }
}
