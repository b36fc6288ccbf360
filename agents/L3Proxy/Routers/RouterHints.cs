using Cascade.NeutronAgent.Hints;

namespace Cascade.L3Proxy.Routers;

/// <summary>What is told of routers, and what of it is our business.</summary>
internal sealed class RouterHints(RouterBook book, Agendas agendas) : IHints
{
    /// <summary>Told to this host, or to everybody that a router is gone.</summary>
    public const string Router = "Router";

    /// <summary>Told to everybody: something that belongs to a router.</summary>
    public const string PartOfRouter = "PartOfRouter";

    public ValueTask TakeAsync(Hint hint, CancellationToken cancelled)
    {
        switch (hint.Type)
        {
            case Router when hint.Events is HintEvents.Deleted:
                // Everybody is told, also who never had it.
                if (book.Leaves(hint.Id))
                {
                    agendas.Router(hint.Id);
                }

                break;
            case Router when hint.IsDeletion:
                // Told to go and to come in one breath.
                book.Doubt(hint.Id);
                agendas.Router(hint.Id);
                break;
            case Router:
                book.Stays(hint.Id);
                agendas.Router(hint.Id);
                break;
            case PartOfRouter when book.Find(hint.Id) is not null:
                agendas.Router(hint.Id);
                break;
        }

        return ValueTask.CompletedTask;
    }
}
