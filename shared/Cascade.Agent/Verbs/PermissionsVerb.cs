using System.Text.RegularExpressions;
using Cascade.Agent.Events;
using Cascade.Oslo.Messaging.Notifications;
using Cascade.Oslo.Messaging.Rabbit;
using Microsoft.Extensions.DependencyInjection;

namespace Cascade.Agent.Verbs;

/// <summary>What the agent's user on the parent's broker needs, and no more.</summary>
public static class PermissionsVerb
{
    /// <summary>Adds <c>broker permissions [USER]</c>: a line for a shell for each virtual host that the agent's configuration names.</summary>
    /// <param name="agent">Its <c>control_exchange</c> is the parent's services' too.</param>
    /// <param name="names">A regular expression for the queues and fanout exchanges that a native service of this kind declares: <c>compute(-alt)?\..*</c>.</param>
    public static AgentBuilder AddBrokerPermissions(this AgentBuilder agent, string names) => agent.AddVerb(
        "broker permissions",
        "Writes the rabbitmqctl commands that give the user of transport_url, or another one that is named, what this agent needs and no more.",
        (verb, cancelled) => RunAsync(agent, names, verb, cancelled));

    static async Task<int> RunAsync(AgentBuilder agent, string names, VerbContext verb, CancellationToken cancelled)
    {
        var exchange = Regex.Escape(agent.Rabbit.ControlExchange);
        var own = $@"{names}|{Notifications(agent.Notifications)}cascade\..*|reply_.*";
        // The exchange is made by whoever comes first to a broker that has come back empty, as among native services.
        string[] needed = [$"^({exchange}|{own})$", $@"^({exchange}|amq\.default|{own})$", $"^({exchange}|{own})$"];
        await WriteAsync(agent.Rabbit, needed);
        if (verb.Services.GetService<EventsOptions>()?.Bus is { } events)
        {
            // A virtual host of the agents: all that is in it is theirs.
            await WriteAsync(events, [".*", ".*", ".*"]);
        }

        return 0;

        Task WriteAsync(RabbitOptions bus, string[] expressions)
        {
            string[] words = [bus.VirtualHost, verb.Arguments.Count > 0 ? verb.Arguments[0] : bus.Hosts[0].User, .. expressions];
            return verb.Out.WriteLineAsync($"rabbitmqctl set_permissions -p {string.Join(' ', words.Select(Quoted))}".AsMemory(), cancelled);
        }
    }

    // On a bus of their own they are not this user's business.
    static string Notifications(NotificationSection section) =>
        section.TransportUrl is null && section.Driver is not NotificationDriver.Noop
            ? string.Concat(section.Topics.Select(topic => $@"{Regex.Escape(topic)}\..*|"))
            : "";

    static string Quoted(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
