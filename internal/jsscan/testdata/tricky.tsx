const A = <T,>(x: T) => <div<string> a={x as any}>{(y: number): string => y}</div>
const B = <T extends object>({ a }: { a: T }): JSX.Element => <Foo<T> render={(x: T) => <p>{x}</p>} />
export function C<T>({ a }: Props<T>): React.ReactNode { const [x, y] = useState<() => void>(() => () => 1); return <></> }
const D: React.FC<{ a: () => void }> = ({ a }) => { return a ? <p>it's</p> : <i onClick={() => a()} /> }
const E = React.memo<Props>(function Named(props) { return <div>{props.a!}</div> })
const F = useCallback(async (e: Event) => { await x }, [])
