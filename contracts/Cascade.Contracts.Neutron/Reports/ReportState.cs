using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Cascade.Oslo.Wire.Rpc;

namespace Cascade.Contracts.Neutron.Reports;

/// <summary>neutron/db/agents_db.py: AgentExtRpcCallback.report_state. Version 1.2 is the newest that Zed has; a native agent says it with <c>use_call</c>.</summary>
/// <param name="AgentState">Nested twice: <c>{"agent_state": {…}}</c>.</param>
/// <param name="Time">UTC with microseconds and no zone; any other form raises in the server.</param>
public sealed record ReportState(JsonObject AgentState, string Time) : IPluginCall<ReportState, ReportAnswer>
{
    public static string Topic => NeutronTopics.Reports;

    public static RpcName Name => new("report_state", new(1, 2));

    public static JsonTypeInfo<ReportState> Wire => NeutronJson.Default.ReportState;

    /// <param name="state">From <see cref="OvsAgentState.Build"/> or <see cref="L3AgentState.Build"/>; it must not have another parent.</param>
    /// <param name="now">Ours; the server compares it with its own start.</param>
    public static ReportState Of(JsonObject state, DateTimeOffset now) =>
        new(new() { ["agent_state"] = state }, now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture));

    public static ReportAnswer ReadReply(JsonElement result) => result.ValueKind != JsonValueKind.String ? ReportAnswer.Dropped : result.GetString() switch
    {
        "new" => ReportAnswer.New,
        "revived" => ReportAnswer.Revived,
        _ => ReportAnswer.Alive,
    };
}

/// <summary>What the server makes of a report (neutron_lib/agent/constants.py: AGENT_NEW, AGENT_ALIVE, AGENT_REVIVED).</summary>
public enum ReportAnswer
{
    /// <summary>Null: the report is older than the server's worker. Our clock is behind.</summary>
    Dropped,

    /// <summary>The agent was unknown.</summary>
    New,

    Alive,

    /// <summary>It was down before; whatever was cast meanwhile is lost: read everything again.</summary>
    Revived,
}
