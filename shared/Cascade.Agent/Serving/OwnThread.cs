using System.Collections.Concurrent;

namespace Cascade.Agent.Serving;

/// <summary>Runs something asynchronous on a thread that nobody else uses: it goes on however busy the pool is.</summary>
public static class OwnThread
{
    /// <summary>Ends with the work; what comes after each of its awaits runs on that thread again.</summary>
    /// <param name="name">of the thread.</param>
    public static async Task RunAsync(string name, Func<Task> work)
    {
        using var scheduler = new OneThread(name);
        await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
    }

    sealed class OneThread : TaskScheduler, IDisposable
    {
        readonly BlockingCollection<Task> tasks = [];

        public OneThread(string name) => new Thread(Loop) { Name = name, IsBackground = true }.Start();

        public override int MaximumConcurrencyLevel => 1;

        public void Dispose() => tasks.CompleteAdding();

        protected override void QueueTask(Task task)
        {
            try
            {
                tasks.Add(task);
            }
            catch (InvalidOperationException)
            {
                // Something that the work began goes on after it: the pool takes it over.
                ThreadPool.UnsafeQueueUserWorkItem(late => TryExecuteTask(late), task, preferLocal: false);
            }
        }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => tasks;

        void Loop()
        {
            foreach (var task in tasks.GetConsumingEnumerable())
            {
                TryExecuteTask(task);
            }
        }
    }
}
