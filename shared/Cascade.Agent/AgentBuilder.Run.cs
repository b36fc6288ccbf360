using System.Text.Json;
using Cascade.Agent.Verbs;
using Cascade.OpenStack;
using Cascade.Oslo.Config;
using Cascade.Oslo.Wire.Failures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cascade.Agent;

public sealed partial class AgentBuilder
{
    const int Refused = 1;
    IHost? _built;

    /// <summary>Does what the command line says and gives the exit code of the process.</summary>
    public Task<int> RunAsync() => RunAsync(Console.Out, Console.Error);

    internal async Task<int> RunAsync(TextWriter output, TextWriter error)
    {
        try
        {
            var line = new CommandLine(_identity.Name, cancelled => ForegroundAsync(error, cancelled));
            foreach (var verb in _verbs.Concat(OwnVerbs()))
                line.Add(verb, () => verb.Words.StartsWith("config ", StringComparison.Ordinal) ? NoServices.Instance : Build().Services);
            return await line.InvokeAsync(_args, output, error);
        }
        catch (ConfigurationRefusedException)
        {
            await RefuseAsync(error);
            return Refused;
        }
        catch (AgentException e)
        {
            await error.WriteLineAsync($"{_identity.Name}: {e.Message}");
            return Refused;
        }
        catch (Exception e) when (e is CloudFault or RpcFault or TimeoutException)
        {
            // A verb that asked a neighbour: its words are the answer, a stack trace is not.
            await error.WriteLineAsync($"{_identity.Name}: {e.Message}");
            return Refused;
        }
        finally
        {
            if (_built is IAsyncDisposable built)
                await built.DisposeAsync();
        }
    }

    IEnumerable<Verb> OwnVerbs() =>
    [
        new("config validate", "Read the configuration and say everything that is wrong with it.", (verb, _) => ValidateAsync(verb)),
        new("config sample", "Write a configuration file with every option and its meaning.", async (verb, _) =>
        {
            await verb.Out.WriteAsync(SampleFile.Write(_configuration.Reader));
            return 0;
        }),
        new("status", "Ask the running agent how it is.", (verb, cancelled) => StatusVerb.RunAsync(_ops, verb, cancelled)),
        new("upgrade check", "Say what stands in the way of this version: 0 nothing, 1 a warning, 2 a failure, 255 an error.",
            (verb, cancelled) => UpgradeCheckVerb.RunAsync(_checks, verb, cancelled)),
    ];

    async Task<int> ForegroundAsync(TextWriter error, CancellationToken cancelled)
    {
        var host = Build();
        var log = host.Services.GetRequiredService<ILogger<AgentBuilder>>();
        Cascade.Agent.Log.Starting(log, _identity.Name, _identity.Version, Agent.Host, _paths.Count == 0 ? "no file" : string.Join(", ", _paths.Select(p => p.Path)));
        foreach (var warning in _configuration.Warnings)
            Cascade.Agent.Log.ConfigurationWarning(log, warning.ToString());
        if (log.IsEnabled(LogLevel.Debug))
        {
            foreach (var option in OptionDump.Lines(_configuration.Reader))
                Cascade.Agent.Log.Option(log, option);
        }

        try
        {
            await StartAsync(host, cancelled);
            await host.WaitForShutdownAsync(cancelled);
            return host.Services.GetServices<IHostedService>().OfType<BackgroundService>().Any(s => s.ExecuteTask?.IsFaulted == true) ? Refused : 0;
        }
        catch (AgentException e)
        {
            Cascade.Agent.Log.Refused(log, _identity.Name, e.Message);
            await error.WriteLineAsync($"{_identity.Name}: {e.Message}");
            return Refused;
        }
#pragma warning disable CA1031 // The last boundary: what nobody caught is logged once and becomes the exit code.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Cascade.Agent.Log.Failed(log, e, _identity.Name, e.Message);
            return Refused;
        }
    }

    // What has been started is stopped when something else cannot start; without that the host takes its end for a failure.
    static async Task StartAsync(IHost host, CancellationToken cancelled)
    {
        try
        {
            await host.StartAsync(cancelled);
        }
        catch
        {
            await host.StopAsync(CancellationToken.None);
            throw;
        }
    }

    // Refused configurations never get as far as a container: nothing is connected or declared.
    IHost Build()
    {
        if (_configuration.Reader.Faults.Count > 0)
            throw new ConfigurationRefusedException();
        if (_built is null)
        {
            _built = _host.Build();
            _built.Services.GetRequiredService<Redaction>().Know(OptionDump.Secrets(_configuration.Reader));
        }

        return _built;
    }

    async Task RefuseAsync(TextWriter error)
    {
        await error.WriteLineAsync($"{_identity.Name} does not start, {_configuration.Reader.Faults.Count} fault(s) in its configuration:");
        foreach (var fault in _configuration.Reader.Faults)
            await error.WriteLineAsync($"  {fault}");
    }

    async Task<int> ValidateAsync(VerbContext verb)
    {
        if (verb.Json)
        {
            ConfigTold told = new([.. _paths.Select(p => p.Path)], [.. _configuration.Reader.Faults.Select(fault => fault.ToString())], [.. _configuration.Warnings.Select(warning => warning.ToString())]);
            await verb.Out.WriteLineAsync(JsonSerializer.Serialize(told, VerbJson.Default.ConfigTold));
            return told.Faults.Count == 0 ? 0 : Refused;
        }

        foreach (var warning in _configuration.Warnings)
            await verb.Out.WriteLineAsync($"warning: {warning}");
        foreach (var fault in _configuration.Reader.Faults)
            await verb.Out.WriteLineAsync($"fault: {fault}");
        await verb.Out.WriteLineAsync(
            $"{string.Join(", ", _paths.Select(p => p.Path))}: {_configuration.Reader.Faults.Count} fault(s), {_configuration.Warnings.Count} warning(s)");
        return _configuration.Reader.Faults.Count == 0 ? 0 : Refused;
    }

    sealed class ConfigurationRefusedException : Exception;

    sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
